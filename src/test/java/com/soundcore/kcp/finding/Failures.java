package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.ErrorKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/** Services that returned wrong responses, or none. */
final class Failures {
  private static final long FEWEST = 3;
  private static final String MEMORY = "memory";
  private static final int FEWEST_LOOKS = 3;
  private static final int LONGEST_ANSWER = 200;
  private static final Set<ErrorKind> WRONG =
      EnumSet.of(ErrorKind.WRONG_STATUS, ErrorKind.WRONG_CONTENT);
  private static final int REQUEST_TIMEOUT = 408;
  // Statuses that an overloaded service or its proxy returns.
  private static final Set<Integer> TURNED_AWAY = Set.of(REQUEST_TIMEOUT, 429, 502, 503, 504);

  private final ServiceSignals signals;
  private final Evidence measured;

  Failures(ServiceSignals signals, Evidence measured) {
    this.signals = signals;
    this.measured = measured;
  }

  Optional<Finding> errors(String service) {
    return errors(service, signals.errors(service));
  }

  /** Finds wrong responses only: the cause of calls without a response is already known. */
  Optional<Finding> wrongAnswers(String service) {
    return errors(service, some(service, message -> WRONG.contains(ErrorKind.of(message))));
  }

  /** Finds refused calls, such as by a rate limit, and wrong content. */
  Optional<Finding> refusals(String service) {
    return errors(service, some(service, Failures::isRefusal));
  }

  private static boolean isRefusal(String message) {
    int status = ErrorKind.statusOf(message).orElse(0);
    return status >= 400 && status < 500 && status != REQUEST_TIMEOUT
        || ErrorKind.of(message) == ErrorKind.WRONG_CONTENT;
  }

  /** Returns whether the failures suggest a shortage: timeouts or refused calls. */
  boolean suggestShortage(String service) {
    return errors(service, some(service, Failures::suggestsShortage)).isPresent();
  }

  private static boolean suggestsShortage(String message) {
    int status = ErrorKind.statusOf(message).orElse(0);
    return status == 0 ? !WRONG.contains(ErrorKind.of(message)) : TURNED_AWAY.contains(status);
  }

  private Map<String, Long> some(String service, Predicate<String> which) {
    Map<String, Long> some = new TreeMap<>(signals.errors(service));
    some.keySet().removeIf(which.negate());
    return some;
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
    List<String> evidence = new ArrayList<>();
    evidence.add(
        text(
            "%,d calls of %s failed (%.2f %%), the first at %s",
            failed,
            service,
            100.0 * failed / signals.model().services().get(service).requests(),
            clock(firstFailure(service, errors.keySet()))));
    evidence.add(text("%,d of them: %s", most.getValue(), most.getKey()));
    signals
        .answer(service, most.getKey())
        .ifPresent(answer -> evidence.add("one of these answers: " + shortened(answer)));
    FindingKind kind = kindOf(most.getKey());
    if (kind == FindingKind.NO_ANSWER && isSilent(service)) {
      evidence.add(
          "its metrics page did not answer then, either: the whole process stood still, or got no"
              + " processor");
    }
    return measured.found(kind, service, null, evidence);
  }

  /**
   * Returns the first failure in the whole run, ramps included, because the messages count there.
   */
  private int firstFailure(String service, Set<String> messages) {
    return signals.model().errorHistories().stream()
        .filter(history -> history.request().startsWith(service + " / "))
        .filter(history -> messages.contains(history.message()))
        .map(history -> history.bySecond().firstKey())
        .min(Integer::compare)
        .orElseGet(() -> firstFailure(service));
  }

  private int firstFailure(String service) {
    return signals.model().timelines().get(service).seconds().stream()
        .filter(second -> second.failed() > 0)
        .findFirst()
        .orElseThrow()
        .second();
  }

  private static String shortened(String answer) {
    String line = answer.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_ANSWER ? line.substring(0, LONGEST_ANSWER) + "…" : line;
  }

  /** Returns whether the service's metrics stopped with its responses, for at least two polls. */
  private boolean isSilent(String service) {
    Span failing =
        measured
            .failing(service)
            .map(span -> measured.waiting(service, span))
            .orElse(signals.whole());
    double[] before = looks(service, new Span(0, failing.from() + 1));
    if (before.length < FEWEST_LOOKS) {
      return false;
    }
    double last = before[before.length - 1];
    double every = (last - before[0]) / (before.length - 1);
    double next =
        DoubleStream.of(looks(service, signals.whole()))
            .filter(look -> look > last)
            .findFirst()
            .orElse(Double.MAX_VALUE);
    double silent = Math.min(next - every, failing.to() + 1.0) - last;
    return silent >= 2 * every;
  }

  private double[] looks(String service, Span span) {
    return signals.figure(service, MEMORY, span).stream().mapToDouble(point -> point[0]).toArray();
  }

  /**
   * Finds connections closed without a response; Gatling retries them, so the log does not show
   * them.
   */
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
      case REFUSED, UNREACHABLE, CLOSED, GENERATOR -> FindingKind.CONNECTIONS_CLOSED;
    };
  }
}
