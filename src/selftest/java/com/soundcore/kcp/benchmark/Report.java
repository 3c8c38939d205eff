package com.soundcore.kcp.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The lines on the console. */
final class Report {
  private static final String DIGITS = "%.4g";
  // Known from looks a second apart.
  private static final String WHOLE = "%.0f";

  private Report() {}

  /** A contender's runs: median, least and most of each figure. */
  static String line(String name, List<Measurement> some) {
    if (some.isEmpty()) {
      return "%-9s no figures".formatted(name);
    }
    return "%-9s %s us/request   %s req/s   p50 %s ms   p99 %s ms   %s MiB   %s s to load   %s s to end   %s"
        .formatted(
            name,
            spread(DIGITS, some, Measurement::microsPerRequest),
            spread(DIGITS, some, Measurement::rate),
            spread(DIGITS, some, one -> one.latency().p50()),
            spread(DIGITS, some, one -> one.latency().p99()),
            spread(WHOLE, some, Measurement::memory),
            spread(WHOLE, some, Measurement::secondsToLoad),
            spread(WHOLE, some, Measurement::secondsToEnd),
            String.join("; ", some.stream().map(Measurement::remark).distinct().toList()));
  }

  /** Whether anything grows within a run. */
  static String slices(Measurement one) {
    return "          slice by slice: %s us/request   %s MiB"
        .formatted(
            each(DIGITS, one, Measurement.Slice::microsPerRequest),
            each(WHOLE, one, Measurement.Slice::memory));
  }

  private static String each(
      String form, Measurement one, ToDoubleFunction<Measurement.Slice> figure) {
    return one.slices().stream()
        .map(slice -> text(form, figure.applyAsDouble(slice)))
        .collect(Collectors.joining(" "));
  }

  private static String spread(
      String form, List<Measurement> some, ToDoubleFunction<Measurement> figure) {
    double[] sorted = some.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 1) {
      return text(form, sorted[0]);
    }
    return "%s [%s, %s]"
        .formatted(
            text(form, median(sorted)),
            text(form, sorted[0]),
            text(form, sorted[sorted.length - 1]));
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    double[] middle =
        Arrays.copyOfRange(sorted, sorted.length % 2 == 0 ? half - 1 : half, half + 1);
    return DoubleStream.of(middle).average().orElseThrow();
  }

  private static String text(String form, double figure) {
    return String.format(Locale.ROOT, form, figure);
  }
}
