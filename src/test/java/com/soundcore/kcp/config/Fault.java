package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that is planted into the embedded backend, to see that the suite finds it.
 *
 * @param service whose answers it spoils
 * @param kind what it does
 * @param operation only this one of the service's
 * @param from after the start of the load
 * @param to after the start of the load; absent for ever
 * @param delay added to an answer
 */
public record Fault(
    String service,
    Kind kind,
    Optional<String> operation,
    Duration from,
    Optional<Duration> to,
    Duration delay) {

  /** What a fault does. */
  public enum Kind {
    /** Each answer takes longer, as a slow query does. */
    SLOW
  }

  /** "slow at knowledge / list". */
  public String text() {
    String where = service + operation.map(name -> " / " + name).orElse("");
    String when =
        from.isZero() && to.isEmpty()
            ? ""
            : " from " + Units.text(from) + to.map(end -> " to " + Units.text(end)).orElse("");
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " at " + where + when;
  }
}
