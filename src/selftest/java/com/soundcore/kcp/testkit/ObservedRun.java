package com.soundcore.kcp.testkit;

import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.finding.Findings;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.verdict.Judge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** A run written to order, with what was seen of its resources: a sample a second. */
public final class ObservedRun {
  private static final int FROM = 5;
  private static final int TO = 65;

  private final List<ResourceSample> resources = new ArrayList<>();

  /** A figure of a service or a resource, by the second of the run. */
  public ObservedRun figure(String service, String name, IntToDoubleFunction value) {
    return figureUntil(TO, service, name, value);
  }

  /** The same, until it is not seen any more. */
  public ObservedRun figureUntil(int to, String service, String name, IntToDoubleFunction value) {
    for (int second = FROM; second < to; second++) {
      resources.add(new ResourceSample(second, service, Map.of(name, value.applyAsDouble(second))));
    }
    return this;
  }

  /** What is found in it. */
  public List<Finding> findings(Path folder, SyntheticRun.Order order) {
    RunFolder run = new SyntheticRun().write(folder, order);
    run.write(resources);
    return Findings.in(
            run,
            SyntheticRun.CONFIG,
            run.facts(),
            RunModelBuilder.read(
                run, run.facts(), 2, Judge.limits(SyntheticRun.CONFIG, run.facts())),
            false)
        .findings();
  }
}
