package com.soundcore.kcp.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parsing and formatting of durations, shares, times and numbers, such as "1.5h", "0.1%" and
 * "2:10".
 */
public final class Units {
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?) ?(us|ms|s|m|h|d)");
  private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?%");

  private static final double RARE = 0.0001;

  private Units() {}

  /** Formats a number without trailing zeros, such as "10" or "0.5". */
  public static String plain(double number) {
    if (number == Math.rint(number) || !Double.isFinite(number)) {
      return String.valueOf((long) number);
    }
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** Formats a measured number with four digits, such as "0.04684", "335.1" or "10,010". */
  public static String fourDigits(double number) {
    return digits(number, 4);
  }

  /**
   * Formats a measured number with this many significant digits and never as a power of ten. All
   * digits before the decimal point are kept.
   */
  public static String digits(double number, int digits) {
    if (!Double.isFinite(number)) {
      return String.valueOf(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
    int decimals = Math.max(0, digits - rounded.precision() + rounded.scale());
    return text("%,." + decimals + "f", number);
  }

  /** Formats the probability of a coincidence, such as "p = 0.03" or "p < 0.0001". */
  public static String chance(double probability) {
    return probability < RARE ? "p < 0.0001" : "p = " + digits(probability, 1);
  }

  /** Parses a duration with a unit; returns null if the text is not one. */
  public static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long nanosPerUnit =
        switch (matcher.group(2)) {
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          case "d" -> 86_400_000_000_000L;
          default -> throw new IllegalStateException("the pattern knows more units than this");
        };
    BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosPerUnit));
    return Duration.ofNanos(nanos.longValue());
  }

  /** Parses a percentage from 0 % to 100 % as a fraction; returns null for any other text. */
  public static Double share(String text) {
    Matcher matcher = SHARE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    double share = new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue();
    return share <= 1 ? share : null;
  }

  /** Formats a duration, such as "1 h 5 min 3 s", "250 ms" or "70 us". */
  public static String text(Duration duration) {
    if (duration.toNanos() % 1_000_000 != 0 && duration.toMillis() < 1) {
      return duration.toNanos() / 1_000 + " us";
    }
    if (duration.toMillis() % 1000 != 0 || duration.isZero()) {
      return duration.toMillis() + " ms";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "min");
    append(text, duration.toSecondsPart(), "s");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(text.isEmpty() ? "" : " ").append(amount).append(' ').append(unit);
    }
  }

  /**
   * Formats the seconds since the start of a run or load as minutes and seconds, such as "2:10".
   */
  public static String clock(double seconds) {
    return text("%d:%02d", (int) seconds / 60, (int) seconds % 60);
  }

  /** Formats a sentence independent of the machine's locale. */
  public static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
