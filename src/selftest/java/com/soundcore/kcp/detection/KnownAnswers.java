package com.soundcore.kcp.detection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** Questions whose answer is a number that is known. */
record KnownAnswers(DetectionMatrix matrix) {
  /** Asks them; whether every answer is near enough. */
  boolean areFound() {
    boolean right = true;
    for (JsonNode entry : matrix.questions()) {
      JsonNode summary =
          matrix.summary(
              entry.path("simulation").asText(),
              entry.path("properties"),
              Map.of("kcp.backend.faults", "[{ " + entry.path("fault").asText() + " }]"));
      double found = figure(entry.path("figure").asText(), summary);
      double expected = entry.path("expect").asDouble();
      boolean near = Math.abs(found - expected) <= entry.path("within").asDouble();
      right &= near;
      System.out.printf(
          Locale.ROOT,
          "%-7s %-11s expected: %s ± %s  found: %.4g   (%s)%n",
          near ? "right" : "WRONG",
          entry.path("figure").asText(),
          entry.path("expect").asText(),
          entry.path("within").asText(),
          found,
          entry.path("about").asText());
    }
    return right;
  }

  private static double figure(String name, JsonNode summary) {
    return switch (name) {
      case "breakpoint" -> {
        JsonNode found = summary.path("breakpoint");
        yield (found.at("/lastHeld/plannedRps").asDouble(Double.NaN)
                + found.at("/firstBroken/plannedRps").asDouble(Double.NaN))
            / 2;
      }
      case "recovery" -> slowest(summary);
      case "memory-leak" -> leak(summary);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double slowest(JsonNode summary) {
    double slowest = Double.NaN;
    for (JsonNode recovery : summary.path("recovery")) {
      if (recovery.path("service").asText().equals("analytics")) {
        slowest = recovery.path("seconds").asDouble(Double.NaN);
      }
    }
    return slowest;
  }

  /** In MB for each 1,000 calls. */
  private static double leak(JsonNode summary) {
    for (JsonNode drift : summary.path("drift")) {
      boolean memory = drift.path("figure").asText().equals("old-generation");
      if (memory && drift.path("matters").asBoolean()) {
        JsonNode service = summary.path("services").path(drift.path("service").asText());
        double megabytes = drift.path("perMinute").asDouble() * 1.048576;
        return megabytes / 60 / service.path("rps").asDouble() * 1000;
      }
    }
    return Double.NaN;
  }
}
