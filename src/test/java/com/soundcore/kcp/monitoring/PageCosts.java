package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.http.Http;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the metrics pages cost their services: one that is huge is asked for less often, since
 * monitoring must not be the load.
 */
final class PageCosts {
  private static final int LARGE = 1_000_000;
  // Of its service's time, for a large page; however long one takes, every 60th round asks for it.
  private static final double AFFORDABLE_SHARE = 0.005;
  private static final int RAREST = 60;
  private static final double SLOW_SHARE = 0.2;
  private static final int SLOW_ANSWERS = 5;

  private final Duration every;
  // By service, every how many rounds its page is asked for.
  private final Map<String, Integer> factors = new HashMap<>();
  private final Map<String, Long> fastestNanos = new HashMap<>();
  private final Map<String, Integer> slowAnswers = new HashMap<>();

  PageCosts(Duration every) {
    this.every = every;
  }

  boolean isDue(String service, int round) {
    return round % factors.getOrDefault(service, 1) == 0;
  }

  /** A sentence where the page is asked for less often from now on. */
  Optional<String> weigh(String service, Http.Answer answer, long nanos) {
    boolean large = answer.body().length() > LARGE;
    boolean slow = nanos > every.toNanos() * SLOW_SHARE;
    int streak = slow ? slowAnswers.getOrDefault(service, 0) + 1 : 0;
    slowAnswers.put(service, streak);
    int factor = factors.getOrDefault(service, 1);
    // A service that is busy answers late: its figures are wanted then more than ever.
    if (answer.status() != 200) {
      return Optional.empty();
    }
    // The fastest one shows what it costs to write; the rest of a slow one is a queue.
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

  /** Every how many rounds a page may be asked for that takes its service so long to write. */
  private int affordable(long nanos) {
    double rounds = Math.ceil(nanos / AFFORDABLE_SHARE / every.toNanos());
    return (int) Math.max(2, Math.min(RAREST, rounds));
  }
}
