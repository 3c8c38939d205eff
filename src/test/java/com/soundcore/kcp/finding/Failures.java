package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.Symptoms.clock;
import static com.soundcore.kcp.finding.Symptoms.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.result.CountsBySecond;
import com.soundcore.kcp.result.ErrorKind;
import com.soundcore.kcp.result.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services that answered wrongly, or not at all. */
final class Failures {
  private static final long FEWEST = 3;

  private final Symptoms symptoms;
  private final FindingOptions options;
  private final Evidence told;

  Failures(Symptoms symptoms, Evidence told) {
    this.symptoms = symptoms;
    this.options = symptoms.options();
    this.told = told;
  }

  Optional<Finding> outage(String service) {
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
        symptoms.errors(service).keySet().stream()
            .anyMatch(message -> ErrorKind.of(message) == ErrorKind.REFUSED);
    if (to < 0 || !refused || to - from + 1 < options.outage().toSeconds()) {
      return Optional.empty();
    }
    return told.found(
        "outage",
        service,
        null,
        List.of(
            text(
                "%s refused connections and answered nothing correctly from %s to %s",
                service, clock(from), clock(to + 1.0))));
  }

  Optional<Finding> errors(String service) {
    if (!told.fails(service) || told.failed(service) < FEWEST) {
      return Optional.empty();
    }
    Map<String, Long> errors = symptoms.errors(service);
    Map.Entry<String, Long> most =
        errors.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    String message = most.getKey();
    String kind = kindOf(ErrorKind.of(message));
    Timeline.Second first =
        symptoms.seconds(service).stream().filter(s -> s.failed() > 0).findFirst().orElseThrow();
    return told.found(
        kind,
        service,
        null,
        List.of(
            text(
                "%,d calls of %s failed (%.2f %%), the first at %s",
                told.failed(service),
                service,
                told.errorRate(service) * 100,
                clock(first.second())),
            text("%,d of them: %s", most.getValue(), message)));
  }

  /** Connections that were closed without an answer and tried again: the log shows none of them. */
  Optional<Finding> dropped(String service) {
    CountsBySecond closed = symptoms.facts().end().droppedCalls();
    long dropped = closed.total(service);
    long calls = symptoms.seconds(service).stream().mapToLong(Timeline.Second::started).sum();
    if (dropped < FEWEST || dropped < told.errorLimit(service) * (calls + dropped)) {
      return Optional.empty();
    }
    return told.found(
        "connections-closed",
        service,
        null,
        List.of(
            text(
                "%,d connections of %s were closed without an answer (%.2f %% of its calls);"
                    + " they were tried again, so the log shows them as answered",
                dropped, service, 100.0 * dropped / (calls + dropped))));
  }

  private static String kindOf(ErrorKind kind) {
    return switch (kind) {
      case WRONG_STATUS -> "server-errors";
      case WRONG_CONTENT -> "wrong-content";
      case TIMEOUT -> "no-answer";
      case REFUSED, CLOSED, GENERATOR -> "connections-closed";
    };
  }
}
