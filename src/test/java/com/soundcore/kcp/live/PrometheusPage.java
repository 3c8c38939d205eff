package com.soundcore.kcp.live;

import com.soundcore.kcp.live.calls.Recorder.Interval;
import com.soundcore.kcp.live.calls.Totals;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * The run's metrics for Prometheus. Histograms always have the same fixed buckets, so that those of
 * several injectors can be added.
 */
final class PrometheusPage implements Consumer<LiveSnapshot> {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final long[] BUCKETS_MS = {
    1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500, 750, 1000, 2000, 5000, 10_000, 30_000, 60_000
  };

  private final LivePlan plan;
  private final Totals totals;
  private volatile LiveSnapshot tick;

  /**
   * @param totals the counts to show
   */
  PrometheusPage(LivePlan plan, Totals totals) {
    this.plan = plan;
    this.totals = totals;
  }

  @Override
  public void accept(LiveSnapshot now) {
    tick = now;
  }

  /** Returns the current metrics. */
  MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    LiveSnapshot now = tick;
    if (now != null) {
      calls(all);
      load(all, now);
      generator(all, now);
      resources(all, now);
    }
    return all.build();
  }

  /** Returns the page. */
  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, snapshots());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void calls(MetricSnapshots.Builder all) {
    CounterSnapshot.Builder requests =
        CounterSnapshot.builder().name("kcp_requests").help("Calls that ended.");
    HistogramSnapshot.Builder durations =
        HistogramSnapshot.builder().name("kcp_request_duration_seconds").help("Response times.");
    for (Interval one : totals.all()) {
      add(requests, durations, labels(one, "ok"), one.ok());
      add(requests, durations, labels(one, "failed"), one.failed());
    }
    all.metricSnapshot(requests.build()).metricSnapshot(durations.build());
  }

  private static Labels labels(Interval one, String status) {
    return Labels.of(
        "service", one.operation().service(),
        "operation", one.operation().name(),
        "status", status);
  }

  private static void add(
      CounterSnapshot.Builder requests,
      HistogramSnapshot.Builder durations,
      Labels labels,
      Histogram times) {
    requests.dataPoint(
        CounterDataPointSnapshot.builder().labels(labels).value(times.getTotalCount()).build());
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long below = 0;
    for (long bound : BUCKETS_MS) {
      long upTo = times.getTotalCount() == 0 ? 0 : times.getCountBetweenValues(0, bound);
      buckets.bucket(bound / 1000.0, Math.max(0, upTo - below));
      below = Math.max(below, upTo);
    }
    buckets.bucket(Double.POSITIVE_INFINITY, times.getTotalCount() - below);
    durations.dataPoint(
        HistogramDataPointSnapshot.builder()
            .labels(labels)
            .classicHistogramBuckets(buckets.build())
            .sum(times.getTotalCount() == 0 ? 0 : times.getMean() * times.getTotalCount() / 1000)
            .build());
  }

  private void load(MetricSnapshots.Builder all, LiveSnapshot now) {
    all.metricSnapshot(
        gauge(
            "kcp_test_info",
            "The test that runs.",
            List.of("test", "environment", "workload", "model"),
            Map.of(
                List.of(plan.simulation(), plan.environment(), plan.workload(), plan.injection()),
                1.0)));
    single(all, "kcp_test_elapsed_seconds", "Since the start of the load.", now.second() + 1.0);
    single(all, "kcp_test_planned_seconds", "The planned length.", now.ofSeconds());
    single(all, "kcp_users", "Users under way.", now.users());
    single(all, "kcp_planned_users", "As planned; 0 in the open model.", now.plannedUsers());
    single(all, "kcp_requests_in_flight", "Calls under way.", now.inFlight());
    all.metricSnapshot(
        CounterSnapshot.builder()
            .name("kcp_requests_shed")
            .help("Calls dropped at the cap on requests in flight.")
            .dataPoint(CounterDataPointSnapshot.builder().value(now.shed()).build())
            .build());
    perService(
        all,
        "kcp_planned_requests_per_second",
        "The rate that a service is to get now.",
        name -> now.services().get(name).plannedRps());
    perService(
        all,
        "kcp_target_p95_seconds",
        "What the service must hold.",
        name -> plan.targets().get(name).p95Ms() / 1000.0);
    perService(
        all,
        "kcp_target_error_ratio",
        "What the service must hold.",
        name -> plan.targets().get(name).errorRate());
  }

  private static void generator(MetricSnapshots.Builder all, LiveSnapshot now) {
    single(all, "kcp_generator_cpu_ratio", "Of all cores.", now.generator().processCpu());
    single(
        all,
        "kcp_generator_machine_cpu_ratio",
        "Of all cores, everything.",
        now.generator().machineCpu());
    single(
        all,
        "kcp_generator_max_pause_seconds",
        "The longest pause of the last second.",
        now.generator().maxPauseMs() / 1000);
    single(all, "kcp_generator_open_files", "Files and sockets.", now.generator().openFiles());
  }

  private static void resources(MetricSnapshots.Builder all, LiveSnapshot now) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name("kcp_system_resource")
            .help("What the system under test reports about itself; see conf/monitoring.conf.");
    now.resources()
        .forEach(
            (service, figures) ->
                figures.forEach(
                    (figure, value) ->
                        gauge.dataPoint(
                            GaugeDataPointSnapshot.builder()
                                .labels(Labels.of("service", service, "figure", figure))
                                .value(value)
                                .build())));
    all.metricSnapshot(gauge.build());
  }

  private void perService(
      MetricSnapshots.Builder all, String name, String help, ToDoubleFunction<String> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    for (String service : plan.targets().keySet()) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("service", service))
              .value(value.applyAsDouble(service))
              .build());
    }
    all.metricSnapshot(gauge.build());
  }

  private static void single(MetricSnapshots.Builder all, String name, String help, double value) {
    all.metricSnapshot(gauge(name, help, List.of(), Map.of(List.of(), value)));
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<String> labels, Map<List<String>, Double> values) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    values.forEach(
        (of, value) ->
            gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of(labels, of))
                    .value(value)
                    .build()));
    return gauge.build();
  }
}
