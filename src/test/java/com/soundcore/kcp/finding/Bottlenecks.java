package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.monitoring.ProcessWatch;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resources that were saturated while a service was slow or failed. */
final class Bottlenecks {
  private static final double THROTTLED = 0.25;
  private static final double ALL_OF_THEM = 0.95;
  private static final double MUCH_LESS = 0.5;
  private static final double AS_MUCH = 0.9;
  private static final double BEYOND = 1.2;
  private static final double ONE_THREAD = 0.85;
  private static final int SOON_SECONDS = 30;
  private static final String CPU = "cpu";
  private static final String COLLECTING = "collecting";
  private static final String REPLICAS = "replicas";
  private static final String WAITING = "pool-waiting";
  private static final String IN_USE = "pool-in-use";
  private static final String RECEIVED = "received";

  private final ServiceSignals signals;
  private final FindingOptions options;
  private final Evidence measured;

  Bottlenecks(ServiceSignals signals, Evidence measured) {
    this.signals = signals;
    this.options = signals.options();
    this.measured = measured;
  }

  Optional<Finding> pool(String service, Span span) {
    List<double[]> waiting = signals.figure(service, WAITING, span);
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
            signals.median(service, IN_USE, span), signals.median(service, "pool-size", span)));
    measured.errorsLike(service, "50[0-9] in place of").ifPresent(evidence::add);
    return measured.found(FindingKind.CONNECTION_POOL, service, null, evidence);
  }

  Optional<Finding> cpu(String service, Span span) {
    double used = signals.median(service, CPU, span);
    Optional<Double> known = measured.coresOf(service, span);
    double limit = known.orElse(options.cpuLimit());
    if (used < limit * options.cpuShare()) {
      return Optional.empty();
    }
    if (measured.hasUnknownCores(service, span)) {
      return Optional.empty();
    }
    List<String> evidence = new ArrayList<>();
    evidence.add(
        text(
            "%s used %.2f of %s cores (%.0f %%) from %s",
            service, used, Units.digits(limit, 3), used / limit * 100, span.text()));
    if (known.isEmpty()) {
      evidence.add("its CPU limit is unknown; kcp.findings.cpu-limit is assumed");
    }
    evidence.add(measured.latency(service, span));
    return measured.found(FindingKind.CPU_SATURATION, service, null, evidence);
  }

  /**
   * Finds a thread that used nearly a whole core while the service was slow, and less while it was
   * fast. It is an event loop or the only thread that may run, so more cores do not help.
   */
  Optional<Finding> thread(String service, Span span) {
    double busy = signals.median(service, ProcessWatch.BUSIEST_THREAD, span);
    double[] otherwise =
        signals.figure(service, ProcessWatch.BUSIEST_THREAD, signals.whole()).stream()
            .filter(point -> point[0] < span.from() || point[0] > span.to() + 1)
            .mapToDouble(point -> point[1])
            .toArray();
    double usual = Medians.of(otherwise);
    boolean rose = otherwise.length > 0 && usual <= busy * AS_MUCH;
    if (busy < ONE_THREAD || !rose) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.SINGLE_THREAD,
        service,
        null,
        List.of(
            text(
                "the busiest thread of %s used %.0f %% of a core from %s, %.0f %% at other times;"
                    + " all of its threads together used %.2f cores",
                service,
                busy * 100,
                span.text(),
                usual * 100,
                signals.median(service, ProcessWatch.CPU, span)),
            measured.latency(service, span)));
  }

  /** Finds garbage collection that took a large share of the time, and far less otherwise. */
  Optional<Finding> garbage(String service, Span span) {
    double share = signals.median(service, COLLECTING, span);
    List<double[]> all = signals.figure(service, COLLECTING, signals.whole());
    double[] otherwise =
        all.stream()
            .filter(point -> point[0] < span.from() || point[0] > span.to() + 1)
            .mapToDouble(point -> point[1])
            .toArray();
    double usual = Medians.of(otherwise);
    boolean rose = otherwise.length == 0 || usual <= share * MUCH_LESS;
    if (share < options.collecting() || !rose) {
      return Optional.empty();
    }
    List<String> evidence = new ArrayList<>();
    evidence.add(
        text(
            "%s collected garbage for %.0f %% of the time from %s%s",
            service,
            share * 100,
            span.text(),
            otherwise.length == 0 ? "" : text(", for %.0f %% otherwise", usual * 100)));
    double lives = signals.median(service, "old-generation", span);
    double room = signals.median(service, "old-generation-limit", span);
    if (room > 0) {
      evidence.add(
          text("%,.0f of %,.0f MB of the old generation were in use", lives / 1e6, room / 1e6));
    }
    evidence.add(measured.latency(service, span));
    return measured.found(FindingKind.GARBAGE_COLLECTION, service, null, evidence);
  }

  /** Finds a service that was slow until more instances had started, at a constant load. */
  Optional<Finding> late(String service, Span span) {
    Span until = new Span(span.from(), span.to() + SOON_SECONDS);
    List<double[]> replicas = signals.figure(service, REPLICAS, until);
    Optional<double[]> more =
        replicas.stream().filter(point -> point[1] > replicas.get(0)[1]).findFirst();
    double during = calls(service, span);
    double after = calls(service, new Span(span.to() + 2, signals.whole().to()));
    boolean relieved =
        more.filter(point -> span.to() - point[0] <= SOON_SECONDS).isPresent()
            && after >= during * AS_MUCH;
    if (!relieved) {
      return Optional.empty();
    }
    double last = replicas.get(replicas.size() - 1)[1];
    return measured.found(
        FindingKind.LATE_AUTOSCALING,
        service,
        null,
        List.of(
            text(
                "%s had %.0f instances at %s and more only at %s, in the end %.0f; then it was fast"
                    + " again at the same load",
                service,
                replicas.get(0)[1],
                clock(span.from()),
                clock(more.orElseThrow()[0]),
                last),
            measured.latency(service, span)));
  }

  /** Returns the calls in a typical second. */
  private double calls(String service, Span span) {
    return Medians.of(
        signals.seconds(service).stream()
            .filter(second -> second.second() >= span.from() && second.second() <= span.to())
            .mapToDouble(Timeline.Second::started)
            .toArray());
  }

  /** Finds throttling by a CPU quota, which happens even at a low average use. */
  Optional<Finding> throttled(String service, Span span) {
    double share = signals.median(service, "throttled", span);
    double seconds = signals.median(service, "throttled-seconds", span);
    if (share < THROTTLED && seconds < THROTTLED) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.CONTAINER_THROTTLED,
        service,
        null,
        List.of(
            share >= THROTTLED
                ? text(
                    "the processor quota of %s stopped it in %.0f %% of its periods from %s",
                    service, share * 100, span.text())
                : text(
                    "the processor quota of %s stopped it for %.2f s of each second from %s, all"
                        + " processors added up",
                    service, seconds, span.text()),
            measured.latency(service, span)));
  }

  /** Finds a saturated machine, if the services run on it; steal counts as used. */
  Optional<Finding> host(String service, Span span) {
    double used = signals.median("host", CPU, span);
    double cores = signals.median("host", "cores", span);
    double stolen = signals.median("host", "cpu-stolen", span);
    if (cores == 0 || used + stolen < cores * ALL_OF_THEM) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.HOST_CPU,
        service,
        null,
        List.of(
            text("%.2f of %.0f processors were in use from %s", used, cores, span.text())
                + (stolen < 0.01
                    ? ""
                    : text(", and other machines on the same hardware had %.2f (steal)", stolen)),
            measured.latency(service, span)));
  }

  Optional<Finding> bandwidth(String service, Span span) {
    List<double[]> received = signals.figure(service, RECEIVED, span);
    double answers = 0;
    for (int second = span.from(); second <= span.to(); second++) {
      answers += signals.model().timelines().get(service).ended(second);
    }
    double perSecond = signals.median(service, RECEIVED, span);
    double perAnswer = perSecond * (span.to() - span.from() + 1) / Math.max(1, answers);
    if (received.size() < 3
        || perAnswer < options.lineBytesPerAnswer()
        || ServiceSignals.spread(received) > options.lineSpread()) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.NETWORK_BANDWIDTH,
        service,
        null,
        List.of(
            text(
                "%s sent %,.0f kB per second from %s, and no more (± %.0f %%), %,.0f kB an answer",
                service,
                perSecond / 1000,
                span.text(),
                ServiceSignals.spread(received) * 100,
                perAnswer / 1000),
            measured.latency(service, span)));
  }
}
