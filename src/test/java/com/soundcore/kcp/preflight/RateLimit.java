package com.soundcore.kcp.preflight;

import com.soundcore.kcp.http.Http.Answer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rate limit in a service's response headers: {@code X-RateLimit-Limit}, or {@code
 * RateLimit-Limit} with its policy.
 *
 * @param calls the number of calls allowed in the window
 * @param windowSeconds the length of the window, in seconds
 * @param remaining the calls left in the window; empty if the service does not report it
 */
public record RateLimit(long calls, int windowSeconds, OptionalLong remaining) {
  /** The window of headers that name none, according to the services' documentation. */
  private static final int MINUTE = 60;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");
  private static final Pattern WINDOW = Pattern.compile("w=(\\d{1,6})");

  /** Returns the limit in a response's headers; empty if they contain no limit. */
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
   * Returns a sentence if the plan exceeds the limit; empty otherwise.
   *
   * @param peakPerSec the highest planned rate of this service, in requests per second
   */
  public Optional<String> against(String service, double peakPerSec) {
    double allowed = (double) calls / windowSeconds;
    return peakPerSec <= allowed
        ? Optional.empty()
        : Optional.of(
            "RATE LIMITED: %s allows %s, which is %.1f req/s, and this plan sends it up to %,.1f req/s: expect 429 for what is above"
                .formatted(service, inWords(), allowed, peakPerSec));
  }

  /** Returns a text such as "1,000 calls in 60 s, 12 left". */
  String inWords() {
    String left = remaining.isPresent() ? ", %,d left".formatted(remaining.getAsLong()) : "";
    return "%,d calls in %d s%s".formatted(calls, windowSeconds, left);
  }
}
