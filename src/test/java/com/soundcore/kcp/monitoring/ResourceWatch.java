package com.soundcore.kcp.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.ResourceSample;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Metrics of the system under test, polled during the load: CPU, memory, files, connections. A
 * service that does not respond is polled again in the next round. The reason for missing metrics
 * is reported once.
 */
public final class ResourceWatch implements AutoCloseable {
  /** Name for a page that several services share. Its metrics do not describe a single service. */
  public static final String SHARED = "gateway";

  /** Size of a service's metrics page, in bytes. */
  public static final String PAGE_BYTES = "page-bytes";

  /** Number of time series on a service's metrics page. */
  public static final String PAGE_SERIES = "page-series";

  /** Response time of a service's metrics page, in ms. */
  public static final String PAGE_MS = "page-ms";

  // A bar between two metrics, and not within a quoted label.
  private static final String SEPARATOR = " \\| (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Monitoring monitoring;
  private final Map<String, String> pages;
  private final List<String> services;
  private final Http http;
  private final long start = System.nanoTime();
  private final List<ResourceSample> samples = new ArrayList<>();
  private final Map<String, Map<String, Double>> latest = new TreeMap<>();
  private final Map<String, double[]> counters = new HashMap<>();
  private final PageCosts costs;
  private final Set<String> reported = new HashSet<>();
  private final Thread thread = new Thread(this::watch, "resource-watch");
  private int round;
  private volatile boolean open = true;

  /** Starts to poll, unless the configured interval is zero. */
  public ResourceWatch(
      Monitoring monitoring, Environment environment, List<String> services, Http http) {
    this.monitoring = monitoring;
    this.costs = new PageCosts(monitoring.every());
    this.pages =
        monitoring.prometheusUrl().isEmpty() ? pages(monitoring, environment, services) : Map.of();
    this.services =
        monitoring.prometheusUrl().isEmpty() ? List.copyOf(pages.keySet()) : List.copyOf(services);
    this.http = monitoring.prometheusUrl().isEmpty() ? http : http.withoutToken();
    thread.setDaemon(true);
    if (!monitoring.every().isZero()) {
      thread.start();
    }
  }

  /**
   * Returns the pages to poll, each once. A page that several services share is polled as {@link
   * #SHARED}.
   */
  private static Map<String, String> pages(
      Monitoring monitoring, Environment environment, List<String> services) {
    Map<String, String> byService = new LinkedHashMap<>();
    for (String service : services) {
      environment
          .page(service, Environment.Page.METRICS, monitoring.path())
          .ifPresent(url -> byService.put(service, url));
    }
    Map<String, String> pages = new LinkedHashMap<>();
    byService.forEach(
        (service, url) -> {
          boolean shared = Collections.frequency(byService.values(), url) > 1;
          if (!pages.containsValue(url)) {
            pages.put(shared ? SHARED : service, url);
          }
        });
    return pages;
  }

  /** Returns all samples so far. */
  public synchronized List<ResourceSample> samples() {
    return List.copyOf(samples);
  }

  /** Returns the latest metrics by service. */
  public synchronized Map<String, Map<String, Double>> latest() {
    return new TreeMap<>(latest);
  }

  @Override
  public void close() {
    if (open && !monitoring.every().isZero()) {
      services.stream()
          .filter(service -> !latest().containsKey(service))
          .forEach(service -> tell(service, "its metrics page has none of the configured figures"));
    }
    open = false;
    LockSupport.unpark(thread);
  }

  private void watch() {
    for (long next = start; open; next += monitoring.every().toNanos()) {
      while (open && System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      // Skips missed polls.
      next = Math.max(next, System.nanoTime() - monitoring.every().toNanos());
      round++;
      for (String service : services) {
        if (open && costs.isDue(service, round)) {
          ask(service, () -> figuresOf(service));
        }
      }
      if (open && !monitoring.prometheusUrl().isEmpty()) {
        monitoring
            .resources()
            .forEach((name, queries) -> ask(name, () -> ofPrometheus(name, queries)));
      }
    }
  }

  /** An unreadable response must not end the watch. */
  private void ask(String service, Supplier<Map<String, Double>> asked) {
    try {
      Map<String, Double> figures = asked.get();
      if (!figures.isEmpty()) {
        keep(new ResourceSample(seconds(), service, figures));
      }
    } catch (RuntimeException broken) {
      tell(service, broken.toString());
    }
  }

  private Map<String, Double> figuresOf(String service) {
    return monitoring.prometheusUrl().isEmpty()
        ? ofItsPage(service)
        : ofPrometheus(service, monitoring.queries());
  }

  /**
   * Prints only the first reason for each service, because a failure recurs every few seconds.
   * Prints nothing after {@link #close()}, because the system may then shut down.
   */
  private synchronized void tell(String service, String why) {
    if (open && reported.add(service)) {
      System.out.printf("resources of %s: %s (kcp.monitoring)%n", service, why);
    }
  }

  private void tell(String service, String url, Http.Answer answer) {
    String what = answer.status() == 0 ? answer.body() : "status " + answer.status();
    tell(service, url + ": " + what);
  }

  private synchronized void keep(ResourceSample sample) {
    samples.add(sample);
    latest.put(sample.service(), sample.figures());
  }

  private double seconds() {
    return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
  }

  private Map<String, Double> ofItsPage(String service) {
    Map<String, Double> figures = new LinkedHashMap<>();
    String url = pages.get(service);
    long before = System.nanoTime();
    Http.Answer answer = http.call("GET", url, null);
    long took = System.nanoTime() - before;
    costs.weigh(service, answer, took).ifPresent(why -> tell(service, why));
    if (answer.status() != 200) {
      tell(service, url, answer);
      return figures;
    }
    double now = System.nanoTime() / 1e9;
    MetricsPage page = MetricsPage.of(answer.body());
    monitoring
        .figures()
        .forEach(
            (name, figure) ->
                first(page, figure.metric().replace("{service}", service))
                    .ifPresent(
                        value -> {
                          if (figure.perSecond()) {
                            growth(service + name, now, value, name, figures);
                          } else {
                            figures.put(name, value);
                          }
                        }));
    // A page without any configured metric is not a metrics page.
    if (!figures.isEmpty()) {
      figures.put(PAGE_BYTES, (double) answer.body().length());
      figures.put(PAGE_SERIES, (double) page.lines().size());
      figures.put(PAGE_MS, took / 1e6);
    }
    return figures;
  }

  /** Returns the first available of several metrics, which are separated by {@code |}. */
  static OptionalDouble first(MetricsPage page, String metrics) {
    return Arrays.stream(metrics.split(SEPARATOR))
        .map(metric -> page.sum(metric.strip()))
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /**
   * Records nothing at the first poll or after a fall: a falling counter means that the process
   * restarted.
   */
  private void growth(
      String key, double now, double value, String name, Map<String, Double> figures) {
    double[] before = counters.put(key, new double[] {now, value});
    if (before != null && value >= before[1] && now > before[0]) {
      figures.put(name, (value - before[1]) / (now - before[0]));
    }
  }

  private Map<String, Double> ofPrometheus(String service, Map<String, String> queries) {
    Map<String, Double> figures = new LinkedHashMap<>();
    queries.forEach(
        (name, query) -> {
          String promQl = query.replace("{service}", service);
          String url =
              monitoring.prometheusUrl()
                  + "/api/v1/query?query="
                  + URLEncoder.encode(promQl, StandardCharsets.UTF_8);
          Http.Answer answer = http.call("GET", url, null);
          if (answer.status() == 200) {
            first(answer.body(), name, figures);
          } else {
            tell(service, monitoring.prometheusUrl() + ", query " + promQl, answer);
          }
        });
    return figures;
  }

  private static void first(String body, String name, Map<String, Double> figures) {
    try {
      JsonNode value = JSON.readTree(body).at("/data/result/0/value/1");
      if (!value.isMissingNode() && Double.isFinite(value.asDouble(Double.NaN))) {
        figures.put(name, value.asDouble());
      }
    } catch (JsonProcessingException notPrometheus) {
      // An unreadable response counts as missing. The next one may be readable.
    }
  }
}
