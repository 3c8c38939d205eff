package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.Symptoms.clock;
import static com.soundcore.kcp.finding.Symptoms.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.finding.BreakingPoint.Level;
import com.soundcore.kcp.finding.Symptoms.Span;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.result.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The likely bottleneck of each service that got slow, failed or drifted. The causes that have
 * figures of their own are asked first; what is left is "slower under load", or unknown.
 */
final class Diagnosis {
  private static final String CPU = "cpu";
  private static final String WAITING = "pool-waiting";
  private static final String IN_USE = "pool-in-use";
  private static final String RECEIVED = "received";

  private final Symptoms symptoms;
  private final FindingOptions options;
  private final List<Level> levels;
  private final List<Recovery> recoveries;
  private final List<Drift> drifts;
  private final Changes changes;

  Diagnosis(
      Symptoms symptoms,
      List<Level> levels,
      List<Recovery> recoveries,
      List<Drift> drifts,
      Changes changes) {
    this.symptoms = symptoms;
    this.options = symptoms.options();
    this.levels = levels;
    this.recoveries = recoveries;
    this.drifts = drifts;
    this.changes = changes;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    for (String service : symptoms.facts().operations().keySet()) {
      cause(service).ifPresent(findings::add);
      slowRecovery(service).ifPresent(findings::add);
    }
    return findings;
  }

  private Optional<Finding> cause(String service) {
    Optional<Span> slow = symptoms.slow(service);
    boolean missed = missed(service);
    Optional<Finding> found = outage(service);
    found = found.or(() -> leak(service));
    if (slow.isPresent() || missed || fails(service)) {
      Span span = slow.orElse(symptoms.whole());
      found = found.or(() -> pool(service, span));
      found = found.or(() -> cpu(service, span));
      found = found.or(() -> bandwidth(service, span));
    }
    found = found.or(() -> errors(service));
    if (slow.isPresent() || missed) {
      found = found.or(() -> slowOperation(service));
    }
    found = found.or(() -> underLoad(service, slow));
    found = found.or(() -> drift(service));
    return missed ? found.or(() -> unknown(service)) : found;
  }

  /** Misses its target over the steady seconds. */
  private boolean missed(String service) {
    Stats steady = symptoms.steady(service);
    return steady.requests() >= options.levelSamples()
        && steady.percentile(Percentile.P95) >= symptoms.target(service).p95().toMillis();
  }

  private boolean fails(String service) {
    return failed(service) > 0 && errorRate(service) >= errorLimit(service);
  }

  private double errorLimit(String service) {
    return Math.min(options.errors(), Math.max(symptoms.target(service).errorRate(), 0.001));
  }

  private long failed(String service) {
    return symptoms.seconds(service).stream().mapToLong(Timeline.Second::failed).sum();
  }

  private double errorRate(String service) {
    double calls = symptoms.seconds(service).stream().mapToLong(Timeline.Second::started).sum();
    return calls == 0 ? 0 : failed(service) / calls;
  }

  private Optional<Finding> outage(String service) {
    List<Timeline.Second> seconds = symptoms.seconds(service);
    int from = -1;
    int to = -1;
    int begin = -1;
    for (Timeline.Second second : seconds) {
      if (second.failed() > 0 && second.ok() == 0) {
        begin = begin < 0 ? second.second() : begin;
        if (to < 0 || second.second() - begin > to - from) {
          from = begin;
          to = second.second();
        }
      } else {
        begin = -1;
      }
    }
    boolean refused =
        symptoms.errors(service).keySet().stream().anyMatch(message -> message.contains("refused"));
    if (to < 0 || !refused || to - from + 1 < options.outage().toSeconds()) {
      return Optional.empty();
    }
    return found(
        "outage",
        service,
        null,
        List.of(
            text(
                "%s refused connections and answered nothing rightly from %s to %s",
                service, clock(from), clock(to + 1.0))));
  }

  private Optional<Finding> leak(String service) {
    return drifts.stream()
        .filter(drift -> drift.service().equals(service) && drift.matters())
        .filter(
            drift ->
                drift.figure().equals(Drifts.OLD_GENERATION)
                    || drift.figure().equals(Drifts.MEMORY))
        .findFirst()
        .flatMap(
            drift -> {
              double calls = symptoms.steady(service).requests();
              double seconds = Math.max(1, symptoms.model().steadySeconds().size());
              double perThousand = drift.perMinute() / 60 / (calls / seconds) * 1000;
              return found(
                  "memory-leak",
                  service,
                  null,
                  List.of(
                      drift.sentence(),
                      text("that is %.2g MiB for each 1,000 calls of it", perThousand)));
            });
  }

  private Optional<Finding> pool(String service, Span span) {
    List<double[]> waiting = symptoms.figure(service, WAITING, span);
    long waited = waiting.stream().filter(point -> point[1] > 0).count();
    if (waiting.isEmpty() || waited < options.poolWaiting() * waiting.size() || waited < 2) {
      return Optional.empty();
    }
    List<String> evidence = new ArrayList<>();
    double most = waiting.stream().mapToDouble(point -> point[1]).max().orElse(0);
    evidence.add(
        text(
            "%s: calls waited for a connection in %d of %d samples from %s, up to %,.0f of them",
            service, waited, waiting.size(), span.text(), most));
    evidence.add(
        text(
            "%,.0f of %,.0f connections were in use",
            symptoms.median(service, IN_USE, span), symptoms.median(service, "pool-size", span)));
    told(service, "50[0-9] in place of").ifPresent(evidence::add);
    return found("connection-pool", service, null, evidence);
  }

  private Optional<Finding> cpu(String service, Span span) {
    double used = symptoms.median(service, CPU, span);
    if (used < options.cpuLimit() * options.cpuShare()) {
      return Optional.empty();
    }
    return found(
        "cpu-saturation",
        service,
        null,
        List.of(
            text(
                "%s used %.2f of %.3g cores (%.0f %%) from %s",
                service, used, options.cpuLimit(), used / options.cpuLimit() * 100, span.text()),
            latency(service, span)));
  }

  private Optional<Finding> bandwidth(String service, Span span) {
    List<double[]> received = symptoms.figure(service, RECEIVED, span);
    double answers = 0;
    for (int second = span.from(); second <= span.to(); second++) {
      answers += symptoms.model().timelines().get(service).ended(second);
    }
    double perSecond = symptoms.median(service, RECEIVED, span);
    double perAnswer = perSecond * (span.to() - span.from() + 1) / Math.max(1, answers);
    if (received.size() < 3
        || perAnswer < options.lineBytesPerAnswer()
        || Symptoms.spread(received) > options.lineSpread()) {
      return Optional.empty();
    }
    return found(
        "network-bandwidth",
        service,
        null,
        List.of(
            text(
                "%s sent %,.0f kB per second from %s, and no more (± %.0f %%), %,.0f kB an answer",
                service,
                perSecond / 1000,
                span.text(),
                Symptoms.spread(received) * 100,
                perAnswer / 1000),
            latency(service, span)));
  }

  private Optional<Finding> errors(String service) {
    if (!fails(service) || failed(service) < 3) {
      return Optional.empty();
    }
    Map<String, Long> errors = symptoms.errors(service);
    Map.Entry<String, Long> most =
        errors.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    String message = most.getKey();
    String kind =
        message.contains("timeout")
            ? "no-answer"
            : message.startsWith("content,")
                ? "wrong-content"
                : message.startsWith("status,") ? "server-errors" : "connections-closed";
    Timeline.Second first =
        symptoms.seconds(service).stream().filter(s -> s.failed() > 0).findFirst().orElseThrow();
    return found(
        kind,
        service,
        null,
        List.of(
            text(
                "%,d calls of %s failed (%.2f %%), the first at %s",
                failed(service), service, errorRate(service) * 100, clock(first.second())),
            text("%,d of them: %s", most.getValue(), message)));
  }

  /** One of several operations got slow while the others did not. */
  private Optional<Finding> slowOperation(String service) {
    return changes
        .alone(service)
        .flatMap(
            change ->
                found("slow-operation", service, change.operation(), List.of(change.sentence())));
  }

  /** Fast at the lowest level and slow at a higher one. */
  private Optional<Finding> underLoad(String service, Optional<Span> slow) {
    if (slow.isEmpty() || levels.size() < 2) {
      return Optional.empty();
    }
    Level lowest = levels.get(0);
    Optional<Level> within =
        levels.stream()
            .filter(level -> level.plannedRps() > lowest.plannedRps() * 1.2)
            .filter(level -> level.startSecond() <= slow.get().to())
            .filter(level -> level.startSecond() >= slow.get().from() - 10)
            .findFirst();
    boolean lowWasFast = slow.get().from() > lowest.startSecond() + 1;
    if (within.isEmpty() || !lowWasFast) {
      return Optional.empty();
    }
    return found(
        "slow-under-load",
        service,
        null,
        List.of(
            latency(service, slow.get()),
            text(
                "it was fast at %,.0f req/s and slow at %,.0f req/s (all services together)",
                lowest.plannedRps(), within.get().plannedRps())));
  }

  private Optional<Finding> drift(String service) {
    List<String> sentences =
        drifts.stream()
            .filter(drift -> drift.service().equals(service) && drift.matters())
            .map(Drift::sentence)
            .toList();
    return sentences.isEmpty() ? Optional.empty() : found("drift", service, null, sentences);
  }

  private Optional<Finding> unknown(String service) {
    return found("unknown", service, null, List.of(latency(service, symptoms.whole())));
  }

  private Optional<Finding> slowRecovery(String service) {
    return recoveries.stream()
        .filter(recovery -> recovery.service().equals(service))
        .filter(
            recovery ->
                recovery.outcome() == Recovery.Outcome.NOT_RECOVERED
                    || recovery.outcome() == Recovery.Outcome.RECOVERED
                        && recovery.seconds() > options.recovery().notable().toSeconds())
        .findFirst()
        .flatMap(recovery -> found("slow-recovery", service, null, List.of(recovery.sentence())));
  }

  private String latency(String service, Span span) {
    double[] times =
        symptoms.seconds(service).stream()
            .filter(second -> second.second() >= span.from() && second.second() <= span.to())
            .mapToDouble(Timeline.Second::p95Ms)
            .toArray();
    return text(
        "its p95 was %,.0f ms from %s, %,.0f ms at its best; errors %.2f %%",
        TheilSen.median(times), span.text(), symptoms.best(service), errorRate(service) * 100);
  }

  private Optional<String> told(String service, String pattern) {
    return symptoms.errors(service).entrySet().stream()
        .filter(entry -> entry.getKey().matches(".*" + pattern + ".*"))
        .findFirst()
        .map(entry -> text("%,d calls failed: %s", entry.getValue(), entry.getKey()));
  }

  private Optional<Finding> found(
      String kind, String service, String operation, List<String> evidence) {
    FindingOptions.Kind words = options.kinds().get(kind);
    return Optional.of(
        new Finding(
            kind,
            words.title(),
            service,
            operation,
            evidence,
            words.alternatives(),
            words.remedies()));
  }
}
