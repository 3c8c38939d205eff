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
 * What watchers must know of the run before it begins.
 *
 * @param simulation the test
 * @param environment where the load goes
 * @param workload the mix
 * @param injection the model
 * @param id the run's tag
 * @param injector whose page this is, from 0
 * @param injectors how many share the load
 * @param shared whether they tell each other what they do
 * @param caveats what must be known of its figures
 * @param phases the planned shape
 * @param targets by service
 * @param inBytes figures of the system that are bytes, with the unit to show them in
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

  /** What a service must hold: p95 in ms, errors as a fraction. */
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
