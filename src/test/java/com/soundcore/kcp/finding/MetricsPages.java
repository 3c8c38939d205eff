package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.monitoring.ResourceWatch;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.statistics.Medians;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Metrics pages that cost their services time. A service that labels its requests by path keeps a
 * series for each URL that the test calls. It writes all series at each poll, on the thread that
 * also answers its calls, so test and monitoring together slow it down.
 */
final class MetricsPages {
  private static final double GROWN = 1.2;
  private static final int FEWEST_POLLS = 3;
  private static final double MB = 1e6;

  private final ServiceSignals signals;
  private final FindingOptions options;
  private final Evidence evidence;

  MetricsPages(ServiceSignals signals, Evidence evidence) {
    this.signals = signals;
    this.options = signals.options();
    this.evidence = evidence;
  }

  /** Finds a large page that grew, or takes long to write. */
  Optional<Finding> of(String service) {
    List<double[]> bytes = figure(service, ResourceWatch.PAGE_BYTES);
    List<double[]> series = figure(service, ResourceWatch.PAGE_SERIES);
    List<double[]> took = figure(service, ResourceWatch.PAGE_MS);
    if (bytes.isEmpty() || series.isEmpty() || last(bytes) < options.metricsPageBytes()) {
      return Optional.empty();
    }
    double typicalMs = Medians.of(took.stream().mapToDouble(point -> point[1]).toArray());
    boolean grew = last(bytes) >= first(bytes) * GROWN;
    if (!grew && typicalMs < options.degraded().least().toMillis()) {
      return Optional.empty();
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(
        text(
            "the metrics page of %s had %.1f MB and %,.0f series at first, %.1f MB and %,.0f at the"
                + " end; each poll took %,.0f ms",
            service, first(bytes) / MB, first(series), last(bytes) / MB, last(series), typicalMs));
    blocked(service, took).ifPresent(sentences::add);
    return evidence.found(FindingKind.METRICS_PAGE, service, null, sentences);
  }

  /** Returns whether calls wait while the page is written. */
  boolean blocks(String service) {
    return of(service).isPresent()
        && blocked(service, figure(service, ResourceWatch.PAGE_MS)).isPresent();
  }

  private Optional<String> blocked(String service, List<double[]> polls) {
    List<Timeline.Second> seconds = signals.seconds(service);
    Predicate<Timeline.Second> polled =
        second ->
            polls.stream()
                .anyMatch(
                    poll ->
                        second.second() + 1 > poll[0] - poll[1] / 1000
                            && second.second() <= poll[0]);
    double[] during = times(seconds, polled);
    double[] otherwise = times(seconds, polled.negate());
    if (during.length < FEWEST_POLLS || otherwise.length < FEWEST_POLLS) {
      return Optional.empty();
    }
    double then = Medians.of(during);
    double usual = Medians.of(otherwise);
    FindingOptions.Rise rise = options.degraded();
    return then >= rise.times() * usual && then - usual >= rise.least().toMillis()
        ? Optional.of(
            text(
                "in the %,d seconds in which it was polled p95 was %,.0f ms, in the others %,.0f"
                    + " ms: writing the page blocks the service",
                during.length, then, usual))
        : Optional.empty();
  }

  private static double[] times(List<Timeline.Second> seconds, Predicate<Timeline.Second> of) {
    return seconds.stream().filter(of).mapToDouble(Timeline.Second::p95Ms).toArray();
  }

  private List<double[]> figure(String service, String name) {
    return signals.figure(service, name, signals.whole());
  }

  private static double first(List<double[]> points) {
    return points.get(0)[1];
  }

  private static double last(List<double[]> points) {
    return points.get(points.size() - 1)[1];
  }
}
