package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.http.Http;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Cost of each service's metrics page. Large or slow pages are polled less often, because
 * monitoring must not become load.
 */
final class PageCosts {
  private static final int LARGE = 1_000_000;
  // The share of a service's time that a large page may cost. Every page is polled at least every
  // 60th round.
  private static final double AFFORDABLE_SHARE = 0.005;
  private static final int RAREST = 60;
  private static final double SLOW_SHARE = 0.2;
  private static final int SLOW_ANSWERS = 5;

  private final Duration every;
  // By service: the number of rounds between two polls.
  private final Map<String, Integer> factors = new HashMap<>();
  private final Map<String, Long> fastestNanos = new HashMap<>();
  private final Map<String, Integer> slowAnswers = new HashMap<>();

  PageCosts(Duration every) {
    this.every = every;
  }

  boolean isDue(String service, int round) {
    return round % factors.getOrDefault(service, 1) == 0;
  }

  /**
   * Adjusts the polling interval. Returns a message if the page is polled less often from now on.
   */
  Optional<String> weigh(String service, Http.Answer answer, long nanos) {
    boolean large = answer.body().length() > LARGE;
    boolean slow = nanos > every.toNanos() * SLOW_SHARE;
    int streak = slow ? slowAnswers.getOrDefault(service, 0) + 1 : 0;
    slowAnswers.put(service, streak);
    int factor = factors.getOrDefault(service, 1);
    // A busy service responds late, and then its metrics matter most. Its interval does not change.
    if (answer.status() != 200) {
      return Optional.empty();
    }
    // The fastest response shows the rendering time. The rest of a slow response is queueing.
    long fastest = large ? fastestNanos.merge(service, nanos, Math::min) : nanos;
    int rounds = large ? affordable(fastest) : streak >= SLOW_ANSWERS ? 2 : factor;
    factors.put(service, rounds);
    if (rounds <= factor) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "its metrics page has %.1f MB and took %.0f ms: it is now asked for every %.0f s",
            answer.body().length() / 1e6,
            nanos / 1e6,
            every.toMillis() * rounds / 1000.0));
  }

  /** Returns the rounds between two polls at which rendering stays within the affordable share. */
  private int affordable(long nanos) {
    double rounds = Math.ceil(nanos / AFFORDABLE_SHARE / every.toNanos());
    return (int) Math.max(2, Math.min(RAREST, rounds));
  }
}
