package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.EarlyStop;
import com.soundcore.kcp.config.ExampleOptions;
import com.soundcore.kcp.config.LiveOptions;
import com.soundcore.kcp.config.Monitoring;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A reader of the options for monitoring, output and early stop. */
final class MonitoringReader {
  private static final Pattern PLAIN_URL =
      Pattern.compile("jdbc:postgresql://(?!.*(?:[?&](?:user|password|sslpassword)=))[^@]+");
  private static final Duration NONE = Duration.ZERO;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Section kcp;

  MonitoringReader(Section kcp) {
    this.kcp = kcp;
  }

  LiveOptions live() {
    Section section = kcp.section("live");
    Section otlp = section.section("otlp");
    return new LiveOptions(
        section.flag("enabled"),
        section.text("host"),
        (int) section.wholeNumber("port", 0, 65_535),
        section.duration("console-every", NONE, HOUR),
        plainUrl(otlp, "http://otel-collector:4318/v1/metrics"),
        otlp.duration("every", Duration.ofSeconds(1), HOUR));
  }

  ExampleOptions examples() {
    Section section = kcp.section("examples");
    Section tracing = kcp.section("tracing");
    String link = tracing.text("url");
    if (!link.isEmpty() && !link.matches("https?://.*\\{trace}.*")) {
      tracing.problem(
          "url",
          "was '%s'; must be empty, or a link such as https://jaeger.example/trace/%s"
              .formatted(link, ExampleOptions.TRACE));
    }
    return new ExampleOptions(
        (int) section.wholeNumber("slowest", 0, 100),
        (int) section.wholeNumber("failed", 0, 100),
        (int) section.wholeNumber("answer-characters", 0, 2000),
        tracing.share("share"),
        link);
  }

  Monitoring monitoring() {
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
    Map<String, Map<String, String>> resources = new LinkedHashMap<>();
    prometheus
        .section("resources")
        .others()
        .forEach(
            (name, resource) -> {
              Map<String, String> of = new LinkedHashMap<>();
              resource.keys().forEach(figure -> of.put(figure, resource.text(figure)));
              resources.put(name, of);
            });
    return new Monitoring(
        section.duration("every", NONE, HOUR),
        section.path("path"),
        figures,
        plainUrl(prometheus, "http://prometheus:9090"),
        queries,
        resources,
        database(section.section("database")),
        section.flag("host"));
  }

  private static Monitoring.Database database(Section section) {
    String url = section.text("url");
    // A password in a URL would appear in reports and process lists.
    if (!url.isEmpty() && !PLAIN_URL.matcher(url).matches()) {
      section.problem(
          "url",
          "must be like jdbc:postgresql://host:5432/name?sslmode=require, without user and"
              + " password: KCP_DATABASE_USER and KCP_DATABASE_PASSWORD in the environment are"
              + " used");
    }
    return new Monitoring.Database(
        url,
        section.texts("services"),
        section.wholeNumber("cores", 0, 1024),
        pools(section.section("pools")),
        section.duration("sessions-every", Duration.ofMillis(100), HOUR),
        section.duration("timeout", Duration.ofMillis(10), HOUR));
  }

  /** Reports show this URL, so it must have no user and no query. */
  private static String plainUrl(Section section, String example) {
    String text = section.text("url");
    try {
      URI uri = new URI(text);
      boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getHost() != null;
      if (text.isEmpty() || plain && List.of("http", "https").contains(uri.getScheme())) {
        return text;
      }
    } catch (URISyntaxException notAUri) {
      // An invalid URL is reported below.
    }
    section.problem(
        "url", "must be a URL such as " + example + ", without user, password and query");
    return "";
  }

  private static Map<String, Integer> pools(Section section) {
    Map<String, Integer> pools = new TreeMap<>();
    section
        .keys()
        .forEach(service -> pools.put(service, (int) section.wholeNumber(service, 1, 1_000_000)));
    return pools;
  }

  EarlyStop earlyStop() {
    Section section = kcp.section("early-stop");
    return new EarlyStop(
        section.duration("only-errors-for", Duration.ofSeconds(1), HOUR),
        section.flag("lost-gates"),
        section.duration("machine-exhausted-for", Duration.ofSeconds(1), HOUR));
  }
}
