package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.ServiceSignals.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resources that were used up while a service was slow or failed. */
final class Bottlenecks {
  private static final double THROTTLED = 0.25;
  private static final double ALL_OF_THEM = 0.95;
  private static final String CPU = "cpu";
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
    if (used < options.cpuLimit() * options.cpuShare()) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.CPU_SATURATION,
        service,
        null,
        List.of(
            text(
                "%s used %.2f of %.3g cores (%.0f %%) from %s",
                service, used, options.cpuLimit(), used / options.cpuLimit() * 100, span.text()),
            measured.latency(service, span)));
  }

  /** Its quota stopped it, however little it used on average. */
  Optional<Finding> throttled(String service, Span span) {
    double share = signals.median(service, "throttled", span);
    if (share < THROTTLED) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.CONTAINER_THROTTLED,
        service,
        null,
        List.of(
            text(
                "the processor quota of %s stopped it in %.0f %% of its periods from %s",
                service, share * 100, span.text()),
            measured.latency(service, span)));
  }

  /** Of this machine, where the services run here, too. */
  Optional<Finding> host(String service, Span span) {
    double used = signals.median("host", CPU, span);
    double cores = signals.median("host", "cores", span);
    if (cores == 0 || used < cores * ALL_OF_THEM) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.HOST_CPU,
        service,
        null,
        List.of(
            text("%.2f of %.0f processors were in use from %s", used, cores, span.text()),
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
