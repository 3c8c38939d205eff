package com.soundcore.kcp.live.otlp;

import com.soundcore.kcp.config.LiveOptions;
import io.prometheus.metrics.exporter.opentelemetry.OpenTelemetryExporter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Periodic push of metrics to a collector. Metrics that the collector rejects are not sent again.
 */
public final class OtlpPush implements AutoCloseable {
  private static final String PROTOCOL = "http/protobuf";

  private static final String OMITTED = "otel.resource.disabled.keys";
  private static final String COMMAND_LINE = "process.command_line,process.command_args";

  /**
   * The library's own copy of OpenTelemetry logs here. The reference is kept, because a logger
   * without one may lose its settings.
   */
  private static final Logger LOGGER = Logger.getLogger("io.prometheus.metrics.shaded");

  private final OpenTelemetryExporter exporter;

  /**
   * Starts pushing.
   *
   * @param url of the collector, path included
   * @param every at least one second
   * @param figures the metrics, collected for each push
   * @param test the name of the test
   * @param run the run's own tag
   */
  public OtlpPush(
      String url, Duration every, Supplier<MetricSnapshots> figures, String test, String run) {
    sayOnce(url);
    withoutTheCommandLine();
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register((MultiCollector) figures::get);
    exporter =
        OpenTelemetryExporter.builder()
            .registry(registry)
            .protocol(PROTOCOL)
            .endpoint(url)
            .intervalSeconds((int) every.toSeconds())
            .serviceName("kcp-load-test")
            .serviceInstanceId(run)
            .resourceAttribute("kcp.test", test)
            .buildAndStart();
  }

  /**
   * Keeps the command line, which the library sends by default, out of the metrics. Its properties
   * must stay private.
   */
  private static void withoutTheCommandLine() {
    String others = System.getProperty(OMITTED, "");
    System.setProperty(OMITTED, others.isEmpty() ? COMMAND_LINE : others + "," + COMMAND_LINE);
  }

  /** Starts pushing if a collector is configured. */
  public static Optional<OtlpPush> of(
      LiveOptions options, Supplier<MetricSnapshots> figures, String test, String run) {
    return Optional.of(options.otlpUrl())
        .filter(url -> !url.isEmpty())
        .map(url -> new OtlpPush(url, options.otlpEvery(), figures, test, run));
  }

  /**
   * Prints one sentence for the first failed push. The library would write a stack trace for each.
   */
  private static void sayOnce(String url) {
    AtomicBoolean said = new AtomicBoolean();
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord event) {
            if (event.getLevel().intValue() >= Level.WARNING.intValue() && !said.getAndSet(true)) {
              System.out.printf(
                  "push to %s: %s (kcp.live.otlp)%n",
                  url, String.valueOf(event.getMessage()).lines().findFirst().orElse(""));
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  /** Pushes the last metrics and stops. */
  @Override
  public void close() {
    exporter.close();
  }
}
