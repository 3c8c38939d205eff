package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.ServiceSignals.clock;
import static com.soundcore.kcp.finding.ServiceSignals.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.ErrorKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Services that answered wrongly, or not at all. */
final class Failures {
  private static final long FEWEST = 3;
  private static final Set<ErrorKind> WRONG =
      EnumSet.of(ErrorKind.WRONG_STATUS, ErrorKind.WRONG_CONTENT);

  private final ServiceSignals signals;
  private final FindingOptions options;
  private final Evidence measured;

  Failures(ServiceSignals signals, Evidence measured) {
    this.signals = signals;
    this.options = signals.options();
    this.measured = measured;
  }

  Optional<Finding> outage(String service) {
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

  Optional<Finding> errors(String service) {
    return errors(service, signals.errors(service));
  }

  /** Wrong answers alone: calls without an answer have another cause, which is known. */
  Optional<Finding> wrongAnswers(String service) {
    Map<String, Long> wrong = new TreeMap<>(signals.errors(service));
    wrong.keySet().removeIf(message -> !WRONG.contains(ErrorKind.of(message)));
    return errors(service, wrong);
  }

  private Optional<Finding> errors(String service, Map<String, Long> errors) {
    long failed = errors.values().stream().mapToLong(Long::longValue).sum();
    double calls = signals.seconds(service).stream().mapToLong(Timeline.Second::started).sum();
    if (!measured.fails(service)
        || failed < FEWEST
        || failed < measured.errorLimit(service) * calls) {
      return Optional.empty();
    }
    Map.Entry<String, Long> most =
        errors.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    Timeline.Second first =
        signals.seconds(service).stream().filter(s -> s.failed() > 0).findFirst().orElseThrow();
    return measured.found(
        kindOf(most.getKey()),
        service,
        null,
        List.of(
            text(
                "%,d calls of %s failed (%.2f %%), the first at %s",
                measured.failed(service),
                service,
                measured.errorRate(service) * 100,
                clock(first.second())),
            text("%,d of them: %s", most.getValue(), most.getKey())));
  }

  /** Connections that were closed without an answer and tried again: the log shows none of them. */
  Optional<Finding> closed(String service) {
    CountsBySecond counted = signals.facts().end().closedConnections();
    long closed = counted.total(service);
    long calls = signals.seconds(service).stream().mapToLong(Timeline.Second::started).sum();
    if (closed < FEWEST || closed < measured.errorLimit(service) * (calls + closed)) {
      return Optional.empty();
    }
    return measured.found(
        FindingKind.CONNECTIONS_CLOSED,
        service,
        null,
        List.of(
            text(
                "%,d connections of %s were closed without an answer (%.2f %% of its calls);"
                    + " Gatling retried them, so the log shows them as answered",
                closed, service, 100.0 * closed / (calls + closed))));
  }

  private static FindingKind kindOf(String message) {
    return switch (ErrorKind.of(message)) {
      case WRONG_STATUS ->
          switch (ErrorKind.statusOf(message).orElse(0)) {
            case 429 -> FindingKind.RATE_LIMITED;
            case 401, 403 -> FindingKind.UNAUTHORIZED;
            case 422 -> FindingKind.REJECTED_INPUT;
            default -> FindingKind.SERVER_ERRORS;
          };
      case WRONG_CONTENT -> FindingKind.WRONG_CONTENT;
      case TIMEOUT -> FindingKind.NO_ANSWER;
      case REFUSED, CLOSED, GENERATOR -> FindingKind.CONNECTIONS_CLOSED;
    };
  }
}
