package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.finding.ServiceSignals.Span;
import com.soundcore.kcp.result.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;

/**
 * Calls that got slower on their way to the application: their responses took longer, while the
 * time inside the application, which the responses state, did not. Both are compared with the other
 * seconds of the same run.
 */
final class OutsideTime {
  private static final String INSIDE = "inside-ms";
  private static final int FEWEST_SAMPLES = 2;
  // Largest part of the rise that may be inside the application, and the smallest rise that counts.
  private static final double MOST_INSIDE = 0.25;
  private static final double LEAST_RISE_MS = 10;

  private final ServiceSignals signals;
  private final Evidence evidence;

  OutsideTime(ServiceSignals signals, Evidence evidence) {
    this.signals = signals;
    this.evidence = evidence;
  }

  /**
   * Returns the finding.
   *
   * @param slow when the service was slow
   */
  Optional<Finding> of(String service, Span slow) {
    Span whole = signals.whole();
    List<double[]> all = signals.figure(service, INSIDE, whole);
    double[] within = inside(all, at -> contains(slow, at));
    double[] otherwise = inside(all, at -> !contains(slow, at));
    if (within.length < FEWEST_SAMPLES || otherwise.length < FEWEST_SAMPLES) {
      return Optional.empty();
    }
    double before = meanMs(service, whole, second -> !contains(slow, second));
    double then = meanMs(service, whole, second -> contains(slow, second));
    double rise = then - before;
    double insideRise = mean(within) - mean(otherwise);
    if (rise < LEAST_RISE_MS || insideRise > rise * MOST_INSIDE) {
      return Optional.empty();
    }
    return evidence.found(
        FindingKind.OUTSIDE_THE_APPLICATION,
        service,
        null,
        List.of(
            text(
                "from %s a call took about %,.0f ms on average, at other times %,.0f ms; the"
                    + " application itself took %,.0f ms then and %,.0f ms at other times",
                slow.text(), then, before, mean(within), mean(otherwise))));
  }

  private static boolean contains(Span span, double second) {
    return second >= span.from() && second <= span.to() + 1;
  }

  private static double[] inside(List<double[]> points, DoublePredicate when) {
    return points.stream().filter(p -> when.test(p[0])).mapToDouble(p -> p[1]).toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Estimates the mean from the classes of response times, by the middle of each class. */
  private double meanMs(String service, Span whole, IntPredicate when) {
    Timeline timeline = signals.model().timelineOf(service);
    double sum = 0;
    double calls = 0;
    for (int second = whole.from(); second <= whole.to(); second++) {
      if (when.test(second)) {
        int[] classes = timeline.classes(second);
        for (int i = 0; i < classes.length; i++) {
          sum += classes[i] * (i == 0 ? 0.5 : 0.75 * (1 << i));
          calls += classes[i];
        }
      }
    }
    return calls == 0 ? 0 : sum / calls;
  }
}
