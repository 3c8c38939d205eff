package com.soundcore.kcp.benchmark;

import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.embedded.EmbeddedBackend;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.monitoring.DatabaseWatch;
import com.soundcore.kcp.monitoring.ResourceWatch;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What being watched costs the system under test: one caller that waits for each answer, in windows
 * with and without the monitoring, in turn. The ratio of two neighbours is one figure.
 */
final class MonitoringCost {
  private static final Locale ROOT = Locale.ROOT;

  private static final String NEEDS =
      "mvn -q test-compile exec:java@benchmark -Dexec.args=monitoring -Dkcp.backend.store=postgres";

  private final Config options;

  MonitoringCost(Config options) {
    this.options = options;
  }

  /** The embedded services on PostgreSQL, and a service whose metrics page has megabytes. */
  void measure(Properties ports) throws IOException {
    KcpConfig config = ConfigLoader.load(ports);
    if (config.backend().store() != BackendOptions.Store.POSTGRES) {
      System.out.println("The services are measured on PostgreSQL: " + NEEDS);
      return;
    }
    Http http = new Http(config.preflight().callTimeout(), Optional.empty());
    try (EmbeddedBackend backend =
        EmbeddedBackend.start(config, Runtime.getRuntime().availableProcessors())) {
      backend.awaitReady();
      String url = config.environment().urls().get("knowledge") + options.getString("call");
      List<Supplier<AutoCloseable>> watches = watches(config, http, backend);
      idle(options.getDuration("idle"), watches);
      compare("services on PostgreSQL", options, http, url, watches);
    }
    Config page = options.getConfig("large-page");
    HttpServer large = largePage(page.getInt("lines"));
    try {
      String base = "http://127.0.0.1:" + large.getAddress().getPort();
      ports.setProperty("kcp.environment.urls.knowledge", base);
      KcpConfig watched = ConfigLoader.load(ports);
      compare(
          "a large metrics page",
          page,
          http,
          base + "/call",
          List.of(
              () ->
                  new ResourceWatch(
                      watched.monitoring(), watched.environment(), List.of("knowledge"), http)));
    } finally {
      large.stop(0);
    }
  }

  private static List<Supplier<AutoCloseable>> watches(
      KcpConfig config, Http http, EmbeddedBackend backend) {
    Monitoring monitoring = config.monitoring();
    return List.of(
        () -> new ResourceWatch(monitoring, config.environment(), config.serviceNames(), http),
        () ->
            new DatabaseWatch(
                backend.database().orElseThrow(),
                monitoring.every(),
                new DatabaseWatch.Credentials(EmbeddedBackend.MONITORING_ROLE, "")));
  }

  /** A service with one thread, like an event loop, that writes its page anew for each request. */
  private static HttpServer largePage(int lines) throws IOException {
    // Or it answers 40 ms late: the small packets of its answers wait for one another.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "large-page");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/",
        exchange -> {
          boolean metrics = exchange.getRequestURI().getPath().equals("/metrics");
          StringBuilder text = new StringBuilder("process_resident_memory_bytes 1e8\n");
          for (int i = 0; metrics && i < lines; i++) {
            text.append(
                String.format(ROOT, "requests_total{method=\"GET\",path=\"/items/%08d\"} 1%n", i));
          }
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** Without any load all that the system's processes use is for those who look at it. */
  private static void idle(Duration window, List<Supplier<AutoCloseable>> watches) {
    double nobody = coresUsed(window);
    System.out.printf(ROOT, "without load, nobody looks: %.2f %% of a core%n", nobody * 100);
    for (Supplier<AutoCloseable> watch : watches) {
      AutoCloseable open = watch.get();
      double used = coresUsed(window);
      close(open);
      System.out.printf(
          ROOT,
          "without load, %s: %.2f %% of a core more%n",
          open.getClass().getSimpleName(),
          (used - nobody) * 100);
    }
  }

  private static double coresUsed(Duration window) {
    Duration before = processor();
    LockSupport.parkNanos(window.toNanos());
    return (double) processor().minus(before).toNanos() / window.toNanos();
  }

  /** Of all that this process has started: the backend, and PostgreSQL with its sessions. */
  private static Duration processor() {
    return ProcessHandle.current()
        .descendants()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static void compare(
      String what, Config options, Http http, String url, List<Supplier<AutoCloseable>> watches) {
    Duration window = options.getDuration("window");
    call(http, url, options.getDuration("warm-up"));
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < options.getInt("pairs"); pair++) {
      double[] micros = new double[2];
      for (int turn = 0; turn < 2; turn++) {
        // Who comes first changes from pair to pair.
        int watched = (turn + pair) % 2;
        List<AutoCloseable> open =
            watched == 1 ? watches.stream().map(Supplier::get).toList() : List.of();
        micros[watched] = call(http, url, window);
        open.forEach(MonitoringCost::close);
      }
      ratios.add(micros[1] / micros[0]);
      System.out.printf(
          ROOT,
          "%s %d: %.1f us per answer without, %.1f us with%n",
          what,
          pair + 1,
          micros[0],
          micros[1]);
    }
    double[] sorted = ratios.stream().mapToDouble(ratio -> (ratio - 1) * 100).sorted().toArray();
    double mean = Arrays.stream(sorted).average().orElse(0);
    double variance = Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(variance / (sorted.length - 1) / sorted.length);
    System.out.printf(
        ROOT,
        "%s: %+.2f %% time per answer, median of %d pairs [%+.2f, %+.2f]; mean %+.2f %% +- %.2f%n",
        what,
        sorted[sorted.length / 2],
        sorted.length,
        sorted[0],
        sorted[sorted.length - 1],
        mean,
        2 * error);
  }

  private static void close(AutoCloseable watch) {
    try {
      watch.close();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** The mean time of an answer in microseconds. */
  private static double call(Http http, String url, Duration window) {
    long start = System.nanoTime();
    long answers = 0;
    while (System.nanoTime() - start < window.toNanos()) {
      Http.Answer answer = http.call("GET", url, null);
      if (answer.status() != 200) {
        throw new IllegalStateException(url + " answered " + answer);
      }
      answers++;
    }
    return (System.nanoTime() - start) / 1e3 / answers;
  }
}
