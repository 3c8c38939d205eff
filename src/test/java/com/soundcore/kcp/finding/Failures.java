package com.soundcore.kcp.finding;

import static com.soundcore.kcp.finding.Symptoms.clock;
import static com.soundcore.kcp.finding.Symptoms.text;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.result.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services that answered wrongly, or not at all. */
final class Failures {
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
        symptoms.errors(service).keySet().stream().anyMatch(message -> message.contains("refused"));
    if (to < 0 || !refused || to - from + 1 < options.outage().toSeconds()) {
      return Optional.empty();
    }
    return told.found(
        "outage",
        service,
        null,
        List.of(
            text(
                "%s refused connections and answered nothing rightly from %s to %s",
                service, clock(from), clock(to + 1.0))));
  }

  Optional<Finding> errors(String service) {
    if (!told.fails(service) || told.failed(service) < 3) {
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
}
