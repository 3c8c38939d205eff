package com.soundcore.kcp.live;

import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts about a run that its watchers need before it begins.
 *
 * @param simulation the test
 * @param environment the target of the load
 * @param workload the mix
 * @param injection the model
 * @param id the run's tag
 * @param injector that serves this page, from 0
 * @param injectors number of machines that share the load
 * @param shared whether they exchange their states
 * @param caveats of the run
 * @param phases the planned shape
 * @param targets by service
 * @param inBytes metrics of the system in bytes, with the unit for display
 */
record LivePlan(
    String simulation,
    String environment,
    String workload,
    String injection,
    String id,
    int injector,
    int injectors,
    boolean shared,
    List<String> caveats,
    List<Phase> phases,
    Map<String, Target> targets,
    Map<String, String> inBytes) {

  /** The targets of a service: p95 in ms, errors as a fraction. */
  record Target(long p95Ms, double errorRate) {}

  static LivePlan of(RunMetadata facts, Map<String, Service> services, boolean shared) {
    Map<String, Target> targets = new LinkedHashMap<>();
    for (String name : facts.operations().keySet()) {
      var target = services.get(name).target();
      targets.put(name, new Target(target.p95().toMillis(), target.errorRate()));
    }
    RunSetup setup = facts.setup();
    return new LivePlan(
        setup.simulation(),
        setup.environment(),
        setup.workload(),
        setup.injection(),
        setup.id(),
        setup.injector(),
        setup.injectors(),
        shared,
        setup.caveats(),
        facts.phases(),
        targets,
        ResourceSample.IN_BYTES);
  }
}
