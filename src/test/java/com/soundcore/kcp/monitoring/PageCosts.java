package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.preflight.Http;
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
  private static final int RAREST = 16;
  private static final double SLOW_SHARE = 0.2;
  private static final int SLOW_ANSWERS = 5;

  private final Duration every;
  // By service, every how many rounds its page is asked for.
  private final Map<String, Integer> factors = new HashMap<>();
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
    boolean lessOften = large && factor < RAREST || streak >= SLOW_ANSWERS && factor < 2;
    if (answer.status() != 200 || !lessOften) {
      return Optional.empty();
    }
    factors.put(service, factor * 2);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "its metrics page has %.1f MB and took %.0f ms: it is now asked for every %.0f s",
            answer.body().length() / 1e6,
            nanos / 1e6,
            every.toMillis() * factor * 2 / 1000.0));
  }
}
