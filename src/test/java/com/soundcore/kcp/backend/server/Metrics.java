package com.soundcore.kcp.backend.server;

import com.soundcore.kcp.backend.fault.ProcessorQuota;
import com.soundcore.kcp.backend.http.ConnectionPool;
import com.soundcore.kcp.backend.http.Reply;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** A service's metrics, named as by the Python client. */
final class Metrics {
  // The Python client's default buckets, in seconds.
  private static final double[] BUCKETS = {
    .005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests;
  private final Histogram durations;

  Metrics(
      String service,
      Optional<Supplier<ConnectionPool>> shownPool,
      Optional<IntSupplier> instances) {
    ProcessMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    requests =
        Counter.builder()
            .name(service + "_service_requests_total")
            .help("Requests answered.")
            .labelNames("method", "endpoint", "status")
            .withoutExemplars()
            .register(registry);
    durations =
        Histogram.builder()
            .name(service + "_service_request_duration_seconds")
            .help("Time to answer a request.")
            .labelNames("method", "endpoint")
            .classicOnly()
            .withoutExemplars()
            .classicUpperBounds(BUCKETS)
            .register(registry);
    quota();
    instances.ifPresent(
        count -> gauge(service + "_service_replicas", "Instances of this service.", count));
    shownPool.ifPresent(
        pool -> {
          String name = service + "_service_db_pool_";
          gauge(name + "size", "Connections there can be.", () -> pool.get().size());
          gauge(name + "in_use", "Connections in use.", () -> pool.get().inUse());
          gauge(name + "waiting", "Calls that wait for one.", () -> pool.get().waiting());
        });
  }

  /** Registers the throttling metric under cAdvisor's name. */
  private void quota() {
    CounterWithCallback.builder()
        .name("container_cpu_cfs_throttled_seconds_total")
        .help("Seconds in which a quota stopped this process.")
        .callback(callback -> callback.call(ProcessorQuota.stoppedSeconds()))
        .register(registry);
  }

  Series series(String method, String endpoint) {
    return new Series(method, endpoint, durations.labelValues(method, endpoint));
  }

  Reply page() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    writer.write(out, registry.scrape());
    return new Reply(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray(), out.size());
  }

  private void gauge(String name, String help, IntSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsInt()))
        .register(registry);
  }

  /** The metrics of one endpoint, looked up once. */
  final class Series {
    private final String method;
    private final String endpoint;
    private final DistributionDataPoint duration;
    private final Map<Integer, CounterDataPoint> byStatus = new ConcurrentHashMap<>();

    private Series(String method, String endpoint, DistributionDataPoint duration) {
      this.method = method;
      this.endpoint = endpoint;
      this.duration = duration;
    }

    void count(int status, long nanos) {
      byStatus
          .computeIfAbsent(
              status, code -> requests.labelValues(method, endpoint, String.valueOf(code)))
          .inc();
      duration.observe(nanos / 1e9);
    }
  }
}
