package com.soundcore.kcp.benchmark;

import com.soundcore.kcp.SuiteProcess;
import com.soundcore.kcp.config.ConfigLoader;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.target.EmbeddedBackend;
import com.soundcore.kcp.target.Http;
import com.soundcore.kcp.target.Preflight;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.Mix;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Measures what a request costs each contender, in turn and several times, against one backend on
 * the same machine. Only the ratios say something: all contenders had the same machine.
 */
public final class Benchmark {
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");

  private Benchmark() {}

  /**
   * Runs the contenders, or with {@code parts} the single parts. {@code -Dbenchmark.rate=20000} and
   * the like override {@code benchmark/benchmark.conf}.
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
    } else {
      new Benchmark().compare(options, args);
    }
    System.exit(0);
  }

  private void compare(Config options, String[] only) throws Exception {
    KcpConfig config = ConfigLoader.load(ports());
    Path folder = Path.of("target", "benchmark", String.valueOf(System.currentTimeMillis()));
    try (EmbeddedBackend backend = EmbeddedBackend.start(config)) {
      backend.awaitReady();
      Plan plan = plan(options, config, folder);
      Map<Contender, List<Measurement>> all = new LinkedHashMap<>();
      for (Contender contender : contenders(options, config, plan)) {
        Optional<String> version = contender.version();
        System.out.printf("%-6s %s%n", contender.name(), version.orElse("is not installed"));
        if (version.isPresent()
            && (only.length == 0 || Arrays.asList(only).contains(contender.name()))) {
          all.put(contender, new ArrayList<>());
        }
      }
      for (int i = 0; i < options.getInt("repeats") && backend.isRunning(); i++) {
        for (Contender contender : all.keySet()) {
          Path own = folder.resolve(contender.name() + "-" + i).toAbsolutePath();
          Measurement one = Measurement.of(contender, options, config, own);
          all.get(contender).add(one);
          System.out.println(line(contender.name() + " " + (i + 1), List.of(one)));
          if (one.parts().size() > 1) {
            System.out.println(parts(one));
          }
        }
      }
      System.out.println("\nmedian [least, most]");
      all.forEach((contender, some) -> System.out.println(line(contender.name(), some)));
    }
  }

  private static Properties ports() {
    Properties properties = new Properties();
    System.getProperties().stringPropertyNames().stream()
        .filter(key -> key.startsWith("kcp."))
        .forEach(key -> properties.setProperty(key, System.getProperty(key)));
    for (String service : SERVICES) {
      String url = "http://127.0.0.1:" + SuiteProcess.freePort();
      properties.setProperty("kcp.environment.urls." + service, url);
    }
    return properties;
  }

  private static List<Contender> contenders(Config options, KcpConfig config, Plan plan) {
    Map<String, URI> urls = config.environment().urls();
    return List.of(
        new Gatlings.Suite(options, urls),
        new Gatlings.Bare(options, plan),
        new Others.K6(plan, false),
        new Others.K6(plan, true),
        new Others.Wrk(options, plan, "knowledge", urls.get("knowledge")));
  }

  /** The preflight finds the ids that calls are drawn with. */
  private static Plan plan(Config options, KcpConfig config, Path folder) throws IOException {
    Mix mix = Mix.of(config, config.workloadOf(config.tests().get("qps10k")));
    Catalog catalog = new Catalog();
    Map<String, ServiceFeeder> feeders = ServiceFeeder.all(config, catalog, "kcp-benchmark");
    Http http = new Http(config.preflight().callTimeout(), Optional.empty());
    new Preflight(config, feeders, catalog, http).check(mix);
    return Plan.draw(options, config, mix, feeders, folder);
  }

  private static String line(String name, List<Measurement> some) {
    return "%-8s %s us/request   %s req/s   p50 %s ms   p99 %s ms   %s MiB   %s s to load   %s s to end   %s"
        .formatted(
            name,
            spread(some, Measurement::microsPerRequest),
            spread(some, Measurement::rate),
            spread(some, one -> one.latency().p50()),
            spread(some, one -> one.latency().p99()),
            spread(some, Measurement::memory),
            spread(some, Measurement::secondsToLoad),
            spread(some, Measurement::secondsToEnd),
            String.join("; ", some.stream().map(Measurement::remark).distinct().toList()));
  }

  /** Whether anything grows within a run. */
  private static String parts(Measurement one) {
    return "         part by part: %s us/request   %s MiB"
        .formatted(
            each(one, Measurement.Part::microsPerRequest), each(one, Measurement.Part::memory));
  }

  private static String each(Measurement one, ToDoubleFunction<Measurement.Part> of) {
    return one.parts().stream()
        .map(part -> String.format(Locale.ROOT, "%.4g", of.applyAsDouble(part)))
        .collect(Collectors.joining(" "));
  }

  private static String spread(List<Measurement> some, ToDoubleFunction<Measurement> of) {
    double[] sorted = some.stream().mapToDouble(of).sorted().toArray();
    if (sorted.length == 1) {
      return String.format(Locale.ROOT, "%.4g", sorted[0]);
    }
    return String.format(
        Locale.ROOT,
        "%.4g [%.4g, %.4g]",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
