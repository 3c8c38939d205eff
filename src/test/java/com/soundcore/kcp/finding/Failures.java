package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.ServiceSignals.clock;
import static com.soundcore.kcp.finding.ServiceSignals.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
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
import java.util.stream.DoubleStream;

/** Services that answered wrongly, or not at all. */
final class Failures {
  private static final long FEWEST = 3;
  private static final String MEMORY = "memory";
  private static final int FEWEST_LOOKS = 3;
  private static final int LONGEST_ANSWER = 200;
  // A process that is up again has to warm up.
  private static final int NEAR_SECONDS = 10;
  private static final Set<ErrorKind> WRONG =
      EnumSet.of(ErrorKind.WRONG_STATUS, ErrorKind.WRONG_CONTENT);

  private final ServiceSignals signals;
  private final FindingOptions options;
  private final Evidence measured;
  private final Processes processes;

  Failures(ServiceSignals signals, Evidence measured, Processes processes) {
    this.signals = signals;
    this.options = signals.options();
    this.measured = measured;
    this.processes = processes;
  }

  /** It was away for a while, and why, where that can be seen. */
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
            "the process of %s ended between %s and %s, and was started again; %,d calls failed then",
            service, clock(at.lastSeen()), clock(at.firstSeen()), failed));
    Optional<String> full = processes.hadNoMemoryLeft(service, at, options.memoryFull());
    full.ifPresent(evidence::add);
    return measured.found(
        full.isPresent() ? FindingKind.OUT_OF_MEMORY : FindingKind.RESTART,
        service,
        null,
        evidence);
  }

  /** Whether that a service was away explains all that it suffered in a stretch of seconds. */
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

  /** In the whole run, ramps included, as the messages are counted. */
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

  /** Whether its own figures ended where its answers did, for two looks at least. */
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
