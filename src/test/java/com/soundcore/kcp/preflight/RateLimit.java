package com.soundcore.kcp.preflight;

import com.soundcore.kcp.http.Http.Answer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limit that a service shows in its answers: {@code X-RateLimit-Limit}, or {@code
 * RateLimit-Limit} and its policy.
 *
 * @param calls number of calls allowed
 * @param windowSeconds in this window
 * @param remaining of them, now; empty where it does not say
 */
public record RateLimit(long calls, int windowSeconds, OptionalLong remaining) {
  /** What the headers mean where they show no window, as in the services' documentation. */
  private static final int MINUTE = 60;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");
  private static final Pattern WINDOW = Pattern.compile("w=(\\d{1,6})");

  /** The limit in an answer's headers, where it shows one. */
  static Optional<RateLimit> of(Answer answer) {
    OptionalLong calls = number(answer, "limit");
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    Matcher window = WINDOW.matcher(answer.header("ratelimit-policy").orElse(""));
    int seconds = window.find() ? Math.max(1, Integer.parseInt(window.group(1))) : MINUTE;
    return Optional.of(new RateLimit(calls.getAsLong(), seconds, number(answer, "remaining")));
  }

  private static OptionalLong number(Answer answer, String name) {
    String text =
        answer
            .header("x-ratelimit-" + name)
            .or(() -> answer.header("ratelimit-" + name))
            .orElse("");
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group())) : OptionalLong.empty();
  }

  /**
   * What it means for a plan, in a sentence; nothing where the plan stays below it.
   *
   * @param peakPerSec the highest rate that the service will get
   */
  public Optional<String> against(String service, double peakPerSec) {
    double allowed = (double) calls / windowSeconds;
    return peakPerSec <= allowed
        ? Optional.empty()
        : Optional.of(
            "RATE LIMITED: %s allows %s, which is %.1f req/s, and this plan sends it up to %,.1f req/s: expect 429 for what is above"
                .formatted(service, inWords(), allowed, peakPerSec));
  }

  /** "1,000 calls in 60 s, 12 left". */
  String inWords() {
    String left = remaining.isPresent() ? ", %,d left".formatted(remaining.getAsLong()) : "";
    return "%,d calls in %d s%s".formatted(calls, windowSeconds, left);
  }
}
