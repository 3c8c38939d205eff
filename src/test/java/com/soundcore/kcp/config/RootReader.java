package com.soundcore.kcp.config;

import com.soundcore.kcp.config.KcpConfig.Generator;
import com.soundcore.kcp.config.KcpConfig.Health;
import com.soundcore.kcp.config.KcpConfig.Injector;
import com.soundcore.kcp.config.KcpConfig.Preflight;
import com.soundcore.kcp.config.KcpConfig.RunOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads the outermost section, and hands the inner ones to their readers. */
final class RootReader {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double MAX_SCALE = 1000;

  private final Section kcp;
  private final String env;

  RootReader(Section kcp, String env) {
    this.kcp = kcp;
    this.env = env;
  }

  KcpConfig read() {
    kcp.text("env");
    Map<String, Service> services = new ServiceReader(kcp).read();
    WorkloadReader workloads = new WorkloadReader(kcp);
    Map<String, Journey> journeys = workloads.journeys();
    Map<String, Workload> mixes = workloads.workloads();
    return new KcpConfig(
        environment(),
        selected(services),
        services,
        health(),
        journeys,
        mixes,
        new TestReader(kcp).read(),
        run(mixes),
        injector(),
        preflight(),
        generator(),
        gates(),
        comparison(),
        backend(),
        live(),
        monitoring(),
        earlyStop(),
        new FindingReader(kcp).read());
  }

  private List<Service> selected(Map<String, Service> services) {
    List<String> names = kcp.texts("services").stream().distinct().toList();
    if (names.isEmpty()) {
      kcp.problem(
          "services", "is empty; name at least one of " + String.join(", ", services.keySet()));
    }
    names.stream()
        .filter(name -> !services.containsKey(name))
        .forEach(name -> kcp.unknownName("services", name, services.keySet()));
    return names.stream().map(services::get).filter(Objects::nonNull).toList();
  }

  private Environment environment() {
    Section section = kcp.section("environment");
    Map<String, URI> urls = new LinkedHashMap<>();
    Section urlSection = section.section("urls");
    for (String name : urlSection.keys()) {
      urls.put(name, url(urlSection, name));
    }
    return new Environment(
        env,
        section.text("about"),
        section.flag("production"),
        section.flag("starts-backend"),
        section.texts("hosts"),
        urls);
  }

  private static URI url(Section section, String key) {
    String text = section.text(key);
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (List.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException notAUri) {
      // told below, like every other text that is no URL
    }
    section.problem(key, "was '" + text + "'; must be a URL such as http://127.0.0.1:8001");
    return URI.create("http://127.0.0.1");
  }

  private Health health() {
    Section section = kcp.section("health");
    return new Health(section.path("path"), section.texts("contains"));
  }

  private RunOptions run(Map<String, Workload> workloads) {
    Section think = kcp.section("think-time");
    Duration min = think.duration("min", NONE, HOUR);
    Duration max = think.duration("max", min, HOUR);
    return new RunOptions(
        optional("workload").map(name -> kcp.choice("workload", workloads.keySet())),
        optional("injection").map(name -> kcp.choice("injection", Model.class)),
        kcp.number("time-scale", 0, MAX_SCALE),
        kcp.number("load-scale", 0, MAX_SCALE),
        kcp.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        (int) kcp.wholeNumber("max-in-flight", 1, 1_000_000),
        kcp.flag("include-costly"),
        kcp.flag("cleanup"),
        kcp.text("confirm-production"),
        (int) kcp.wholeNumber("production-users", 0, 1000),
        min,
        max,
        kcp.duration("expected-response-time", NONE, HOUR),
        kcp.share("rate-tolerance"),
        kcp.texts("baseline"),
        kcp.text("results-folder"),
        kcp.flag("stop-with-parent"));
  }

  private Optional<String> optional(String key) {
    return Optional.of(kcp.text(key)).filter(text -> !text.isEmpty());
  }

  private Injector injector() {
    Section section = kcp.section("injector");
    int count = (int) section.wholeNumber("count", 1, 1000);
    return new Injector(
        (int) section.wholeNumber("index", 0, count - 1L),
        count,
        optional("start-at").flatMap(this::instant),
        Optional.of(section.text("barrier")).filter(text -> !text.isEmpty()),
        section.duration("barrier-timeout", Duration.ofSeconds(1), HOUR),
        section.duration("max-start-gap", NONE, HOUR));
  }

  private Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      kcp.problem("start-at", "was '" + text + "'; must be a moment such as 2026-01-31T22:00:00Z");
      return Optional.empty();
    }
  }

  private Preflight preflight() {
    Section section = kcp.section("preflight");
    Duration min = Duration.ofMillis(1);
    Duration call = section.duration("call-timeout", min, HOUR);
    return new Preflight(call, section.duration("total-timeout", call, HOUR));
  }

  private Generator generator() {
    Section section = kcp.section("generator");
    return new Generator(
        section.duration("cpu-per-request", Duration.ofNanos(1000), Duration.ofSeconds(1)),
        section.share("max-cpu"),
        (int) section.wholeNumber("spare-file-descriptors", 0, 1_000_000),
        section.duration("max-lag", NONE, HOUR),
        section.duration("max-pause", NONE, HOUR),
        section.duration("disturbing-pause", Duration.ofMillis(1), HOUR),
        section.share("max-paused"),
        section.share("max-process-cpu"));
  }

  private GateOptions gates() {
    Section section = kcp.section("gates");
    return new GateOptions(
        section.duration("settle", NONE, HOUR),
        section.wholeNumber("min-samples", 1, 1_000_000_000),
        section.duration("rate-window", Duration.ofSeconds(1), HOUR),
        section.share("rate-window-tolerance"),
        section.share("users-tolerance"),
        section.share("first-hold-errors"),
        section.share("confidence"),
        section.share("closed-connections"));
  }

  private LiveOptions live() {
    Section section = kcp.section("live");
    return new LiveOptions(
        section.flag("enabled"),
        section.text("host"),
        (int) section.wholeNumber("port", 0, 65_535),
        section.duration("console-every", NONE, HOUR));
  }

  private Monitoring monitoring() {
    Section section = kcp.section("monitoring");
    Map<String, Monitoring.Figure> figures = new LinkedHashMap<>();
    section
        .section("figures")
        .others()
        .forEach(
            (name, figure) ->
                figures.put(
                    name, new Monitoring.Figure(figure.text("metric"), figure.flag("per-second"))));
    Section prometheus = section.section("prometheus");
    Section asked = prometheus.section("queries");
    Map<String, String> queries = new LinkedHashMap<>();
    asked.keys().forEach(name -> queries.put(name, asked.text(name)));
    return new Monitoring(
        section.duration("every", NONE, HOUR),
        section.path("path"),
        figures,
        prometheusUrl(prometheus),
        queries);
  }

  /** No user and no query: this text stands in reports. */
  private static String prometheusUrl(Section section) {
    String text = section.text("url");
    try {
      URI uri = new URI(text);
      boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getHost() != null;
      if (text.isEmpty() || plain && List.of("http", "https").contains(uri.getScheme())) {
        return text;
      }
    } catch (URISyntaxException notAUri) {
      // told below
    }
    section.problem(
        "url", "must be a URL such as http://prometheus:9090, without user, password and query");
    return "";
  }

  private EarlyStop earlyStop() {
    Section section = kcp.section("early-stop");
    return new EarlyStop(
        section.duration("only-errors-for", Duration.ofSeconds(1), HOUR),
        section.flag("lost-gates"));
  }

  private ComparisonOptions comparison() {
    Section section = kcp.section("comparison");
    return new ComparisonOptions(
        section.share("share"),
        section.duration("min-difference", NONE, HOUR),
        section.share("error-difference"),
        section.share("significance"),
        section.share("between-runs"),
        section.share("false-alarms"),
        (int) section.wholeNumber("blocks", 1, 1000),
        (int) section.wholeNumber("min-blocks", 1, 1000),
        (int) section.wholeNumber("samples-beyond", 1, 1_000_000));
  }

  private BackendOptions backend() {
    Section section = kcp.section("backend");
    int items = (int) section.wholeNumber("items", 1, 1_000_000);
    return new BackendOptions(
        items,
        (int) section.wholeNumber("products", 1, 100_000),
        (int) section.wholeNumber("conversations", 0, 1_000_000),
        (int) section.wholeNumber("tickets", 0, 1_000_000),
        (int) section.wholeNumber("max-items", items, 10_000_000),
        (int) section.wholeNumber("pool-size", 1, 10_000),
        (int) section.wholeNumber("pool-overflow", 0, 10_000),
        section.duration("pool-timeout", Duration.ofMillis(1), HOUR),
        section.choice("dialect", BackendOptions.Dialect.class),
        section.texts("jvm-args"),
        section.texts("faulty-jvm-args"),
        section.duration("ready-within", Duration.ofSeconds(1), HOUR),
        FaultReader.read(section));
  }
}
