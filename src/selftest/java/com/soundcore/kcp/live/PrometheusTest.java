package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.PrometheusProcess;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's queries: every metric is there, and a real Prometheus answers them. */
@Tag("full")
class PrometheusTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");
  private static final Pattern METRIC = Pattern.compile("kcp_[a-z0-9_]+");
  private static final Map<String, String> HALF_A_MINUTE =
      Map.of("kcp.time-scale", "0.08", "kcp.load-scale", "0.02", "kcp.max-in-flight", "2000");

  @TempDir private Path folder;

  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    JsonNode dashboard = JSON.readTree(new File("conf/grafana/kcp-load-test.json"));
    for (JsonNode panel : dashboard.path("panels")) {
      panel.path("targets").forEach(target -> queries.add(target.path("expr").asText()));
    }
    assertThat(queries).hasSizeGreaterThan(20);
    return queries;
  }

  private static String get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static int livePort(SuiteProcess run) {
    run.await("live      http", Duration.ofSeconds(60));
    Matcher matcher = Pattern.compile("live +http://127\\.0\\.0\\.1:(\\d+)/").matcher(run.output());
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void aRealPrometheusAnswersTheDashboard() throws Exception {
    List<String> queries = queries();
    Map<String, String> overrides = new HashMap<>(HALF_A_MINUTE);
    overrides.put("kcp.backend.store", "postgres");
    overrides.put("kcp.load-scale", "0.005");
    overrides.put("kcp.monitoring.every", "1s");
    try (SuiteProcess run = SuiteProcess.start("Qps10k", overrides)) {
      int port = livePort(run);
      run.await("kcp 0:10 of", LIMIT);
      String metrics = get("http://127.0.0.1:" + port + "/metrics");
      TreeSet<String> wanted = new TreeSet<>();
      for (String query : queries) {
        Matcher matcher = METRIC.matcher(query);
        while (matcher.find()) {
          wanted.add(matcher.group());
        }
      }
      assertThat(wanted)
          .contains("kcp_requests_total", "kcp_system_resource", "kcp_users")
          .allMatch(name -> metrics.contains("\n" + name));

      PrometheusProcess.assumeInstalled();
      ask(port, queries);
    }
  }

  private void ask(int port, List<String> queries) throws Exception {
    String config = Files.readString(Path.of("conf/prometheus/prometheus.yml"));
    assertThat(config).contains("127.0.0.1:9464", "scrape_interval: 5s");
    String scrape =
        config
            .replace("127.0.0.1:9464", "127.0.0.1:" + port)
            .replace("interval: 5s", "interval: 1s");
    try (PrometheusProcess prometheus = PrometheusProcess.start(folder, scrape)) {
      for (String query : queries) {
        awaitResult(prometheus.url() + "/api/v1/query?query=" + encoded(query), query);
      }
    }
  }

  @Test
  void theSystemsFiguresMayComeFromAPrometheusServer() throws Exception {
    PrometheusProcess.assumeInstalled();
    Map<String, String> overrides = new HashMap<>(HALF_A_MINUTE);
    StringBuilder scrape =
        new StringBuilder("global: { scrape_interval: 1s, scrape_timeout: 1s }\nscrape_configs:\n");
    for (String service : SERVICES) {
      int port = SuiteProcess.freePort();
      overrides.put("kcp.environment.urls." + service, "http://127.0.0.1:" + port);
      scrape.append(
          "  - { job_name: %s, static_configs: [ { targets: [ '127.0.0.1:%d' ] } ] }%n"
              .formatted(service, port));
    }
    try (PrometheusProcess prometheus = PrometheusProcess.start(folder, scrape.toString())) {
      overrides.put("kcp.monitoring.prometheus.url", prometheus.url());
      overrides.put("kcp.monitoring.every", "1s");
      try (SuiteProcess run = SuiteProcess.start("Qps10k", overrides)) {
        // Whatever the verdict of a noisy machine is: the figures are what is looked at.
        run.exitCode(LIMIT);
        JsonNode written = JSON.readTree(run.folder().resolve("kcp/resources.json").toFile());
        for (String service : SERVICES) {
          TreeSet<String> figures = new TreeSet<>();
          for (JsonNode sample : written.findParents("service")) {
            if (sample.path("service").asText().equals(service)) {
              sample.path("figures").fieldNames().forEachRemaining(figures::add);
            }
          }
          assertThat(figures)
              .as(service)
              .contains("cpu", "memory", "open-files", "requests", "pool-size", "pool-in-use");
        }
      }
    }
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  /** A rate takes two scrapes. */
  private static void awaitResult(String url, String query) {
    long end = System.nanoTime() + Duration.ofSeconds(25).toNanos();
    JsonNode answer = JSON.createObjectNode();
    while (System.nanoTime() < end) {
      try {
        answer = JSON.readTree(get(url));
      } catch (Exception notUpYet) {
        answer = JSON.createObjectNode();
      }
      if (answer.at("/data/result/0").isObject()) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    assertThat(answer.toString()).as(query).contains("no result");
  }
}
