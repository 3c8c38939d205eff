package com.soundcore.kcp.benchmark;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.embedded.EmbeddedBackend;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.testkit.SuiteProcess;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.TrafficMix;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Measures what a request costs each contender, in turn and several times, against the same backend
 * on the same machine. Only the ratios say something: all contenders had the same machine.
 */
public final class Benchmark {
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");

  // Of the rate; who is below has lost too much to be compared.
  private static final double HELD = 0.99;

  private Benchmark() {}

  /**
   * Runs the contenders, with {@code stall} against a target that stands still once, with {@code
   * parts} the single parts, or with {@code monitoring} what being watched costs the target. {@code
   * -Dbenchmark.rate=20000} and the like override {@code benchmark/benchmark.conf}.
   */
  public static void main(String[] args) throws Exception {
    Config options =
        ConfigFactory.systemProperties()
            .withFallback(ConfigFactory.parseResources("benchmark/benchmark.conf"))
            .resolve()
            .getConfig("benchmark");
    System.out.printf(
        "%d cores, %s, Java %s, %s %s%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        System.getProperty("java.runtime.version"),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
    if (List.of(args).contains("parts")) {
      Parts.measure(options.getConfig("parts"));
    } else if (List.of(args).contains("monitoring")) {
      new MonitoringCost(options.getConfig("monitoring")).measure(ports());
    } else if (List.of(args).contains("stall")) {
      List<String> only = List.of(args).stream().filter(name -> !name.equals("stall")).toList();
      new Benchmark().stall(options.getConfig("stall").withFallback(options), only);
    } else {
      new Benchmark().compare(options, List.of(args));
    }
    System.exit(0);
  }

  private void compare(Config options, List<String> only) throws Exception {
    KcpConfig config = ConfigLoader.load(ports());
    Path folder = Path.of("target", "benchmark", String.valueOf(System.currentTimeMillis()));
    BenchmarkPlan plan = plan(options, config, folder);
    Map<Contender, List<Measurement>> all = new LinkedHashMap<>();
    here(options, config, plan, only).forEach(contender -> all.put(contender, new ArrayList<>()));
    for (int round = 1; round <= options.getInt("repeats"); round++) {
      for (Contender contender : all.keySet()) {
        Path own = folder.resolve(contender.name() + "-" + round).toAbsolutePath();
        measure(contender, options, config, own, round).ifPresent(all.get(contender)::add);
      }
    }
    System.out.println("\nmedian [least, most]");
    all.forEach((contender, some) -> System.out.println(Report.line(contender.name(), some)));
  }

  private void stall(Config options, List<String> only) throws Exception {
    KcpConfig config = ConfigLoader.load(ports());
    Path folder = Path.of("target", "benchmark", String.valueOf(System.currentTimeMillis()));
    BenchmarkPlan plan = plan(options, config, folder);
    Stall stall = new Stall(options);
    for (Contender contender : here(options, config, plan, only)) {
      stall.measure(contender, config, folder.resolve(contender.name()).toAbsolutePath());
    }
  }

  /** Those that this machine has; none where one that was asked for is missing. */
  private static List<Contender> here(
      Config options, KcpConfig config, BenchmarkPlan plan, List<String> only) {
    List<Contender> here = new ArrayList<>();
    for (Contender contender : contenders(options, config, plan)) {
      if (only.isEmpty() || only.contains(contender.name())) {
        Optional<String> version = contender.version();
        System.out.printf("%-9s %s%n", contender.name(), version.orElse("is not installed"));
        version.ifPresent(installed -> here.add(contender));
      }
    }
    if (!here.stream().map(Contender::name).toList().containsAll(only)) {
      System.out.println("Nothing was measured: not all of " + only + " are here, see above.");
      return List.of();
    }
    return here;
  }

  /**
   * Each has a backend of its own, with the same rows: what the one before has created, warmed or
   * pushed out is none of its business. One that breaks is reported, and does not take the others'
   * figures with it.
   */
  private static Optional<Measurement> measure(
      Contender contender, Config options, KcpConfig config, Path own, int round)
      throws InterruptedException {
    String name = contender.name() + " " + round;
    try (EmbeddedBackend backend =
        EmbeddedBackend.start(config, Runtime.getRuntime().availableProcessors())) {
      backend.awaitReady();
      Measurement one = Measurement.of(contender, options, config, own);
      System.out.println(Report.line(name, List.of(one)));
      if (one.slices().size() > 1) {
        System.out.println(Report.slices(one));
      }
      if (contender.keepsRate() && one.rate() < HELD * options.getDouble("rate")) {
        System.out.println("          did not hold the rate: its other figures are those of less");
      }
      return Optional.of(one);
    } catch (IOException | RuntimeException broken) {
      System.out.printf("%-9s gave no figures: %s (%s)%n", name, broken.getMessage(), own);
      return Optional.empty();
    }
  }

  private static Properties ports() {
    Properties properties = new Properties();
    System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith("kcp."))
        .forEach(key -> properties.setProperty(key, System.getProperty(key)));
    List<Integer> free = SuiteProcess.freePorts(SERVICES.size());
    for (int i = 0; i < free.size(); i++) {
      String url = "http://127.0.0.1:" + free.get(i);
      properties.setProperty("kcp.environment.urls." + SERVICES.get(i), url);
    }
    return properties;
  }

  private static List<Contender> contenders(Config options, KcpConfig config, BenchmarkPlan plan) {
    Map<String, URI> urls = config.environment().urls();
    return List.of(
        new GatlingContenders.Suite(options, urls),
        new GatlingContenders.Bare(options, plan),
        new Vegeta(options, plan),
        new Hyperfoil(options, plan),
        new Locust(options, plan),
        new K6(plan, false),
        new K6(plan, true),
        new Wrk(options, plan, "knowledge", urls.get("knowledge")));
  }

  /** The preflight finds the ids that calls are drawn with. */
  private static BenchmarkPlan plan(Config options, KcpConfig config, Path folder)
      throws IOException {
    TrafficMix mix = TrafficMix.of(config, config.workloadOf(config.tests().get("qps10k")));
    Catalog catalog = new Catalog();
    Map<String, ServiceFeeder> feeders = ServiceFeeder.all(config, catalog, "kcp-benchmark");
    Http http = new Http(config.preflight().callTimeout(), Optional.empty());
    try (EmbeddedBackend backend =
        EmbeddedBackend.start(config, Runtime.getRuntime().availableProcessors())) {
      backend.awaitReady();
      new Preflight(config, feeders, catalog, http).check(mix);
    }
    return BenchmarkPlan.draw(options, config, mix, feeders, folder);
  }
}
