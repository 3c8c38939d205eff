package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Services that were down for a while: their process exited, or nothing listened on the port. */
final class Outages {
  // A restarted process has to warm up.
  private static final int NEAR_SECONDS = 10;

  private final ServiceSignals signals;
  private final FindingOptions options;
  private final Evidence measured;
  private final Processes processes;

  Outages(ServiceSignals signals, Evidence measured, Processes processes) {
    this.signals = signals;
    this.options = signals.options();
    this.measured = measured;
    this.processes = processes;
  }

  /** Reports an outage, and its cause if the metrics show it. */
  Optional<Finding> gone(String service) {
    return restarted(service).or(() -> outage(service));
  }

  private Optional<Finding> restarted(String service) {
    Optional<Processes.Restart> restart = processes.restart(service);
    if (restart.isEmpty()) {
      return Optional.empty();
    }
    Processes.Restart at = restart.get();
    long failed = failedNear(service, at);
    if (failed == 0) {
      return Optional.empty();
    }
    List<String> evidence = new ArrayList<>();
    evidence.add(
        text(
            "the process of %s ended between %s and %s, and was started again; %,d calls failed"
                + " then",
            service, clock(at.lastSeen()), clock(at.firstSeen()), failed));
    Optional<String> full = processes.hadNoMemoryLeft(service, at, options.memoryFull());
    full.ifPresent(evidence::add);
    return measured.found(
        full.isPresent() ? FindingKind.OUT_OF_MEMORY : FindingKind.RESTART,
        service,
        null,
        evidence);
  }

  /** Returns whether the outage explains every symptom of the service in these seconds. */
  boolean explains(String service, Span span) {
    return processes
        .restart(service)
        .map(
            at ->
                span.from() >= at.lastSeen() - NEAR_SECONDS
                    && span.to() <= at.firstSeen() + NEAR_SECONDS)
        .orElse(gone(service).isPresent());
  }

  private long failedNear(String service, Processes.Restart at) {
    return signals.seconds(service).stream()
        .filter(second -> second.second() >= at.lastSeen() - NEAR_SECONDS)
        .filter(second -> second.second() <= at.firstSeen() + NEAR_SECONDS)
        .mapToLong(Timeline.Second::failed)
        .sum();
  }

  private Optional<Finding> outage(String service) {
    List<Timeline.Second> seconds = signals.seconds(service);
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
        signals.errors(service).keySet().stream()
            .anyMatch(message -> ErrorKind.of(message) == ErrorKind.REFUSED);
    if (to < 0 || !refused || to - from + 1 < options.outage().toSeconds()) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.OUTAGE,
        service,
        null,
        List.of(
            text(
                "%s refused connections and answered nothing correctly from %s to %s",
                service, clock(from), clock(to + 1.0))));
  }
}
