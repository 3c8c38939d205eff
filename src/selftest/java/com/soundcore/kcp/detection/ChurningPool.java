package com.soundcore.kcp.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.testkit.StandIn;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Five services in Python with one event loop each and a pool that overflows, under a spike: beyond
 * a rate the loop has no time for the connections that each burst opens. Nothing is planted; what
 * must be named is how the services are built.
 */
final class ChurningPool {
  /** Either is its cause: each makes the other worse. */
  private static final List<String> CAUSES =
      List.of("connection-churn at database", "single-thread at knowledge");

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChurningPool() {}

  /** Runs it once, prints what was found; whether that is one of its causes. */
  static boolean isNamed() {
    try {
      Path folder = Files.createTempDirectory("standin");
      try (StandIn services = new StandIn(folder, 1, Map.of("POOL", "2", "OVERFLOW", "12"))) {
        System.out.println(services.fill());
        Map<String, String> properties = properties(services);
        Map<String, String> login =
            Map.of("KCP_DATABASE_USER", "kcp_monitor", "KCP_DATABASE_PASSWORD", "");
        try (SuiteProcess run = SuiteProcess.start("Spike", properties, login)) {
          run.exitCode(LIMIT);
          return isNamed(
              JSON.readTree(run.folder().resolve("kcp").resolve("summary.json").toFile()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> properties(StandIn services) {
    Map<String, String> properties = new HashMap<>(services.urls());
    properties.put("kcp.env", "local");
    properties.put("kcp.placeholders", "auth / login,auth / register,auth / refresh,auth / verify");
    properties.put("kcp.monitoring.database.url", services.databaseUrl());
    properties.put("kcp.monitoring.every", "1s");
    properties.put("kcp.time-scale", "0.15");
    properties.put("kcp.load-scale", "0.3");
    properties.put("kcp.gatling-report", "never");
    return SuiteProcess.onAnyMachine(properties);
  }

  private static boolean isNamed(JsonNode summary) {
    List<String> found = new ArrayList<>();
    for (JsonNode finding : summary.path("findings")) {
      found.add(finding.path("kind").asText() + " at " + finding.path("service").asText());
      System.out.println(found.get(found.size() - 1) + ": " + finding.path("evidence"));
    }
    boolean named = found.stream().anyMatch(CAUSES::contains);
    System.out.printf(
        "%s: one of %s is expected, found: %s; verdict %s%n",
        named ? "right" : "WRONG",
        CAUSES,
        found.isEmpty() ? "nothing" : found,
        summary.path("verdict").path("status").asText());
    return named;
  }
}
