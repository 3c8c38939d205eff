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

/** Pushes figures to a collector again and again; what it does not take is not sent again. */
public final class OtlpPush implements AutoCloseable {
  private static final String PROTOCOL = "http/protobuf";

  private static final String OMITTED = "otel.resource.disabled.keys";
  private static final String COMMAND_LINE = "process.command_line,process.command_args";

  /**
   * The library has OpenTelemetry inside. Kept here: a logger that nobody holds forgets its
   * settings.
   */
  private static final Logger LOGGER = Logger.getLogger("io.prometheus.metrics.shaded");

  private final OpenTelemetryExporter exporter;

  /**
   * Starts.
   *
   * @param url of the collector, path included
   * @param every a second or more
   * @param figures asked for each push
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

  /** The library sends the command line by default; its properties must stay private. */
  private static void withoutTheCommandLine() {
    String others = System.getProperty(OMITTED, "");
    System.setProperty(OMITTED, others.isEmpty() ? COMMAND_LINE : others + "," + COMMAND_LINE);
  }

  /** The same, where a collector is named. */
  public static Optional<OtlpPush> of(
      LiveOptions options, Supplier<MetricSnapshots> figures, String test, String run) {
    return Optional.of(options.otlpUrl())
        .filter(url -> !url.isEmpty())
        .map(url -> new OtlpPush(url, options.otlpEvery(), figures, test, run));
  }

  /** The library writes a stack trace for each push that fails; a sentence is enough, once. */
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

  /** The last figures are pushed, and no more. */
  @Override
  public void close() {
    exporter.close();
  }
}
