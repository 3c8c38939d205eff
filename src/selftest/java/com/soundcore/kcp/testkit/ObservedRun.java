package com.soundcore.kcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.finding.Findings;
import com.soundcore.kcp.finding.GeneratorEffect;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.DatabaseSample;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.verdict.Judge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/** A run written to order, with what was seen of its resources: a sample a second. */
public final class ObservedRun {
  private static final int FROM = 5;
  private static final int TO = 65;
  private static final int LOOKS = 5;
  private static final double SESSIONS = 30;

  private final List<ResourceSample> resources = new ArrayList<>();
  private final List<DatabaseSample> database = new ArrayList<>();
  private int stopped;

  private RunEnd stopped(RunEnd end) {
    return new RunEnd(
        end.finished(),
        end.shedCalls(),
        end.closedConnections(),
        end.generator(),
        end.answered(),
        new Stopped(stopped, "a gate was lost"),
        end.lagMs(),
        end.clockOffsetMs(),
        end.search(),
        end.maxInFlight());
  }

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

  /**
   * Figures that were really measured, spread evenly over the run's seconds: those of the calm
   * before the given second, the others from it on.
   */
  public ObservedRun measured(
      String service, int from, List<Map<String, Double>> calm, List<Map<String, Double>> then) {
    for (int second = FROM; second < TO; second++) {
      List<Map<String, Double>> of = second < from ? calm : then;
      int start = second < from ? FROM : from;
      int end = second < from ? from : TO;
      int index = (second - start) * of.size() / (end - start);
      resources.add(new ResourceSample(second, service, of.get(index)));
    }
    return this;
  }

  /** What a metrics page was at one poll. */
  public ObservedRun page(double second, String service, double bytes, double series, double ms) {
    resources.add(
        new ResourceSample(
            second, service, Map.of("page-bytes", bytes, "page-series", series, "page-ms", ms)));
    return this;
  }

  /** From a second on all sessions of a client wait for a lock; looked at every five seconds. */
  public ObservedRun lockedFrom(int from, String client) {
    for (int second = FROM; second < TO; second += LOOKS) {
      double waiting = second < from ? 0 : SESSIONS;
      resources.add(
          new ResourceSample(
              second,
              Monitoring.Database.NAME,
              Map.of("running", 0.2, "waiting-for-locks", waiting)));
      LockWait wait =
          new LockWait(client, "UPDATE a", "psql", "LOCK a", false, second - from, waiting);
      database.add(
          new DatabaseSample(
              second,
              Monitoring.Database.NAME,
              List.of(),
              waiting > 0 ? List.of(wait) : List.of(),
              List.of(),
              List.of()));
    }
    return this;
  }

  /** One value before a second of the run, another one from it on. */
  public static IntToDoubleFunction from(int from, double before, double after) {
    return second -> second < from ? before : after;
  }

  /** The load was stopped in a second, with calls under way. */
  public ObservedRun stoppedAt(int second) {
    stopped = second;
    return this;
  }

  /** The evidence of its only finding, which must be of a kind and at a subject. */
  public String evidence(Path folder, SyntheticRun.Order order, String kind, String subject) {
    List<Finding> findings = findings(folder, order);
    assertThat(findings).extracting(Finding::kind).containsExactly(kind);
    assertThat(findings.get(0).service()).isEqualTo(subject);
    return String.join("\n", findings.get(0).evidence());
  }

  /** What is found in it. */
  public List<Finding> findings(Path folder, SyntheticRun.Order order) {
    return all(folder, order).findings();
  }

  /** The same with all else that it shows. */
  public Findings all(Path folder, SyntheticRun.Order order) {
    return all(folder, order, false);
  }

  /** The same, where the generator itself was late. */
  public List<Finding> findingsOfALateGenerator(Path folder, SyntheticRun.Order order) {
    return all(folder, order, true).findings();
  }

  private Findings all(Path folder, SyntheticRun.Order order, boolean saturated) {
    RunFolder run = new SyntheticRun().write(folder, order);
    run.write(resources);
    run.writeDatabase(database);
    if (stopped > 0) {
      run.write(run.facts().ended(stopped(run.facts().end())));
      LogSeal.write(run);
    }
    return Findings.in(
        run,
        SyntheticRun.CONFIG,
        run.facts(),
        RunModelBuilder.read(run, run.facts(), 2, Judge.limits(SyntheticRun.CONFIG, run.facts())),
        new GeneratorEffect(saturated, Set.of()));
  }
}
