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
 * Asks the system under test about itself while it is under load: processor, memory, files,
 * connections. A service that does not answer is asked again the next time; why nothing is known of
 * it is reported once.
 */
public final class ResourceWatch implements AutoCloseable {
  /** The name of a page that several services show: it says nothing of one of them. */
  public static final String SHARED = "gateway";

  /** Size of a service's metrics page, in bytes. */
  public static final String PAGE_BYTES = "page-bytes";

  /** Time series on it. */
  public static final String PAGE_SERIES = "page-series";

  /** Time that its answer took, in ms. */
  public static final String PAGE_MS = "page-ms";

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

  /** Starts to ask, unless the configuration says never. */
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

  /** The pages to ask, each once: services that share one are asked as {@link #SHARED}. */
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

  /** All that was answered. */
  public synchronized List<ResourceSample> samples() {
    return List.copyOf(samples);
  }

  /** The latest figures, by service. */
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
      // Rounds that were missed are not made up for.
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

  /** What goes wrong with one answer must not end the asking. */
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
   * The first reason for each service: the others are as good, and come every few seconds. Once
   * this is closed the system may go, too.
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

  /** Of several metrics with | between them the first that is there. */
  static OptionalDouble first(MetricsPage page, String metrics) {
    return Arrays.stream(metrics.split(" \\| "))
        .map(metric -> page.sum(metric.strip()))
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /** Empty at the first poll; a counter that fell belonged to a process that has restarted. */
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
      // as good as no answer: the next one may be one
    }
  }
}
