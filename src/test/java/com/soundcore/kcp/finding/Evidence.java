package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.ResourceSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sentences about a service that every finding uses: its failures, its latency, and its remedies.
 */
final class Evidence {
  /** The part of the system that each metric shows. */
  private static final Map<String, String> FIGURES = figures();

  private static final String CPU = "cpu";
  private static final double BEYOND = 1.2;
  private static final double NEARLY_ALL = 0.9;
  private static final double HALF = 0.5;
  private static final double A_TENTH = 0.1;
  private static final int FEW_CALLS = 10;

  private final ServiceSignals signals;
  private final FindingOptions options;

  Evidence(ServiceSignals signals) {
    this.signals = signals;
    this.options = signals.options();
  }

  private static Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("cpu", "its processor");
    figures.put("memory", "its memory");
    figures.put("inside-ms", "the time inside it (X-Process-Time)");
    figures.put("collecting", "its collector");
    figures.put("pool-waiting", "its connection pool");
    return figures;
  }

  boolean fails(String service) {
    return failed(service) > 0 && errorRate(service) >= errorLimit(service);
  }

  /**
   * Returns the time from the first to the last second with many failures; empty if no second has
   * many.
   */
  Optional<Span> failing(String service) {
    List<Integer> seconds =
        signals.seconds(service).stream()
            .filter(second -> second.failed() > errorLimit(service) * second.started())
            .map(Timeline.Second::second)
            .toList();
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(new Span(seconds.get(0), seconds.get(seconds.size() - 1)));
  }

  /**
   * Extends a time to the end of the load if most calls that were due then are missing from the
   * log: they were still waiting for their response. The extension ends with the last sample of the
   * monitoring, because the run may have been killed.
   */
  Span waiting(String service, Span degraded) {
    double looked =
        signals.resources().stream().mapToDouble(ResourceSample::second).max().orElse(0);
    int from = degraded.to() + 1;
    int end = (int) Math.min(signals.whole().to(), looked) + 1;
    double due =
        signals.facts().load().calls(service, from, end)
            - signals.facts().end().shedCalls().total(service, from, end);
    long logged =
        signals.seconds(service).stream()
            .filter(second -> second.second() >= from && second.second() < end)
            .mapToLong(Timeline.Second::started)
            .sum();
    // In the closed model a slow service makes all calls rarer, and a hanging one ends them.
    double few = signals.facts().isOpen() ? HALF : A_TENTH;
    return due >= FEW_CALLS && logged < due * few ? new Span(degraded.from(), end - 1) : degraded;
  }

  /** Describes how many calls failed, and until when others waited in vain. */
  String failures(String service, Span failing) {
    Span all = waiting(service, failing);
    String waited =
        all.to() > failing.to()
            ? text("; most of those after them had no answer by %s", clock(all.to() + 1))
            : "";
    long failed =
        signals.seconds(service).stream()
            .filter(second -> second.second() >= failing.from() && second.second() <= failing.to())
            .mapToLong(Timeline.Second::failed)
            .sum();
    return text(
            "%,d of its calls failed from %s (%.2f %% of all)",
            failed, failing.text(), errorRate(service) * 100)
        + waited;
  }

  double errorLimit(String service) {
    return Math.min(options.errors(), Math.max(signals.target(service).errorRate(), 0.001));
  }

  long failed(String service) {
    return signals.seconds(service).stream().mapToLong(Timeline.Second::failed).sum();
  }

  double errorRate(String service) {
    double calls = signals.seconds(service).stream().mapToLong(Timeline.Second::started).sum();
    return calls == 0 ? 0 : failed(service) / calls;
  }

  /**
   * Returns the cores of a service: as configured, or else as the platform reports them. If neither
   * is known, the service runs on this machine, and it has used more than the assumed limit,
   * returns the cores of this machine.
   */
  Optional<Double> coresOf(String service, Span span) {
    Double written = options.cpuLimits().get(service);
    double used = signals.median(service, CPU, span);
    double seen = signals.median(service, "cpu-limit", span);
    if (written != null) {
      return Optional.of(written);
    }
    // The limit may belong to another container: this one used more.
    if (seen > 0 && used <= seen * BEYOND) {
      return Optional.of(seen);
    }
    double here = signals.isHere() ? signals.median("host", "cores", span) : 0;
    // A service behind a tunnel uses no CPU of this machine.
    boolean runsHere = here > 0 && signals.median("host", CPU, span) >= used * NEARLY_ALL;
    return runsHere && used > options.cpuLimit() * BEYOND ? Optional.of(here) : Optional.empty();
  }

  /** Returns whether the service used more than the assumed limit and no limit is known. */
  boolean hasUnknownCores(String service, Span span) {
    return coresOf(service, span).isEmpty()
        && signals.median(service, CPU, span) > options.cpuLimit() * BEYOND;
  }

  String latency(String service, Span span) {
    List<Timeline.Second> stretch =
        signals.seconds(service).stream()
            .filter(second -> second.second() >= span.from() && second.second() <= span.to())
            .toList();
    return text(
            "in a typical second from %s its p95 was %,.0f ms, at its best %,.0f ms; errors %.2f"
                + " %%",
            span.text(),
            signals.p95(service, stretch),
            signals.best(service),
            errorRate(service) * 100)
        + inside(service, span)
        + (hasUnknownCores(service, span)
            ? text(
                "; it used %.2f cores, and nothing says how many it has (kcp.findings.cpu-limits)",
                signals.median(service, CPU, span))
            : "");
  }

  /** Describes the time inside the application, if the responses state it. */
  private String inside(String service, Span span) {
    List<double[]> inside = signals.figure(service, "inside-ms", span);
    if (inside.isEmpty()) {
      return "";
    }
    return text(
        "; the application itself took %,.0f ms on average",
        inside.stream().mapToDouble(point -> point[1]).average().orElse(0));
  }

  Optional<String> errorsLike(String service, String pattern) {
    return signals.errors(service).entrySet().stream()
        .filter(entry -> entry.getKey().matches(".*" + pattern + ".*"))
        .findFirst()
        .map(entry -> text("%,d calls failed: %s", entry.getValue(), entry.getKey()));
  }

  /**
   * Reports that a service missed its target and no metric shows why; lists the metrics that are
   * missing.
   *
   * @param slow when it was much slower than at its best
   * @param noDatabase whether no database was monitored
   */
  Optional<Finding> unknown(String service, Optional<Span> slow, boolean noDatabase) {
    List<String> sentences = new ArrayList<>();
    sentences.add(latency(service, slow.orElse(signals.whole())));
    List<String> missing = new ArrayList<>();
    FIGURES.forEach(
        (figure, what) -> {
          if (signals.figure(service, figure, signals.whole()).isEmpty()) {
            missing.add(what);
          }
        });
    if (noDatabase) {
      missing.add("its database (kcp.monitoring.database.url)");
    }
    if (signals.figure("nodes", "cpu", signals.whole()).isEmpty()) {
      missing.add("its machine (kcp.monitoring.prometheus)");
    }
    if (!missing.isEmpty()) {
      sentences.add("nothing was seen of " + String.join(", ", missing));
    }
    return found(FindingKind.UNKNOWN, service, null, sentences);
  }

  Optional<Finding> found(
      FindingKind kind, String service, String operation, List<String> evidence) {
    if (signals.generatorWasLate() && kind.restsOnTimes()) {
      return Optional.empty();
    }
    FindingOptions.Kind words = options.kinds().get(kind);
    return Optional.of(
        new Finding(
            kind.key(),
            words.title(),
            service,
            operation,
            evidence,
            words.alternatives(),
            words.remedies(),
            null,
            null));
  }
}
