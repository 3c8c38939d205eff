package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.ComparisonOptions;
import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.GateOptions;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.KcpConfig.Health;
import com.soundcore.kcp.config.SampleRows;
import com.soundcore.kcp.config.TrendOptions;
import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Workload;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A reader of the root section. It delegates inner sections to their readers. */
final class RootReader {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Section kcp;
  private final String env;

  RootReader(Section kcp, String env) {
    this.kcp = kcp;
    this.env = env;
  }

  KcpConfig read() {
    kcp.text("env");
    List<String> placeholders = kcp.texts("placeholders");
    Map<String, Service> services = new ServiceReader(kcp, placeholders).read();
    RunReader runs = new RunReader(kcp);
    MonitoringReader watch = new MonitoringReader(kcp);
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
        runs.run(mixes),
        runs.injector(),
        runs.preflight(),
        runs.generator(),
        gates(),
        comparison(),
        backend(),
        watch.live(),
        watch.monitoring(),
        watch.earlyStop(),
        new FindingReader(kcp).read(),
        sampleRows(),
        new SessionReader(kcp).read(),
        trend(),
        watch.examples());
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
        urls,
        section.has("pages") ? pages(section.section("pages")) : Map.of(),
        new Environment.Limits(
            kcp.wholeNumber("max-requests", 1, 1_000_000_000_000L),
            kcp.wholeNumber("max-minutes", 1, 100_000),
            section.flag("creates-rows")));
  }

  private static Map<String, Map<Environment.Page, String>> pages(Section section) {
    Map<String, Map<Environment.Page, String>> pages = new LinkedHashMap<>();
    section.others().forEach((service, places) -> pages.put(service, places(places)));
    return pages;
  }

  private static Map<Environment.Page, String> places(Section section) {
    Map<Environment.Page, String> places = new EnumMap<>(Environment.Page.class);
    for (Environment.Page page : Environment.Page.values()) {
      String key = page.name().toLowerCase(Locale.ROOT);
      if (section.has(key)) {
        String place = section.text(key);
        places.put(page, place);
        if (!place.matches("(/|https?://).*") && !place.equals(Environment.NONE)) {
          section.problem(
              key,
              "was '%s'; must be a path such as /healthz, a URL, or %s"
                  .formatted(place, Environment.NONE));
        }
      }
    }
    return places;
  }

  private static URI url(Section section, String key) {
    String text = section.text(key);
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException notAUri) {
      // An invalid URL is reported below.
    }
    String shown = text.replaceAll("//[^@/]*@", "//(secret)@");
    section.problem(
        key,
        "was '"
            + shown
            + "'; must be a URL such as http://127.0.0.1:8001, without user and password");
    return URI.create("http://127.0.0.1");
  }

  private Health health() {
    Section section = kcp.section("health");
    return new Health(section.path("path"), section.texts("contains"));
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

  private ComparisonOptions comparison() {
    Section section = kcp.section("comparison");
    return new ComparisonOptions(
        section.share("share"),
        section.duration("min-difference", NONE, HOUR),
        section.share("error-difference"),
        section.share("data-difference"),
        section.share("significance"),
        section.share("between-runs"),
        section.share("false-alarms"),
        (int) section.wholeNumber("blocks", 1, 1000),
        (int) section.wholeNumber("min-blocks", 1, 1000),
        (int) section.wholeNumber("samples-beyond", 1, 1_000_000));
  }

  private TrendOptions trend() {
    Section section = kcp.section("trend");
    return new TrendOptions(
        section.share("significance"), section.share("least"), section.flag("fails"));
  }

  /**
   * A tag becomes part of URLs and decides which rows are deleted, so its characters are
   * restricted.
   */
  private static String tag(Section section) {
    String tag = section.text("tag");
    if (!tag.matches("[A-Za-z0-9_-]{1,64}")) {
      section.problem(
          "tag", "was '%s'; must be 1 to 64 letters, digits, '_' or '-'".formatted(tag));
    }
    return tag;
  }

  private SampleRows sampleRows() {
    Section section = kcp.section("sample-rows");
    return new SampleRows(
        section.text("service"),
        (int) section.wholeNumber("products", 1, 100_000),
        (int) section.wholeNumber("items", 1, 10_000_000),
        (int) section.wholeNumber("batch", 1, 1000),
        section.number("calls-per-second", 0, 10_000),
        tag(section),
        section.path("product-path"),
        section.path("batch-path"),
        section.path("find"),
        section.path("remove"));
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
        section.flag("pool-figures"),
        section.choice("store", BackendOptions.Store.class),
        postgres(section.section("postgres")),
        section.choice("dialect", BackendOptions.Dialect.class),
        section.texts("jvm-args"),
        section.texts("faulty-jvm-args"),
        section.duration("ready-within", Duration.ofSeconds(1), HOUR),
        FaultReader.read(section));
  }

  private static BackendOptions.Postgres postgres(Section section) {
    return new BackendOptions.Postgres(
        (int) section.wholeNumber("port", 1, 65_535),
        (int) section.wholeNumber("max-connections", 10, 10_000),
        (int) section.wholeNumber("cores", 0, 1024));
  }
}
