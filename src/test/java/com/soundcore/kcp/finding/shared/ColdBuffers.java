package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import java.util.List;
import java.util.Optional;

/**
 * A cold buffer cache: blocks that the database does not find in its memory. Many misses at first
 * and fewer later, at the same load, show a cache that was empty and has filled. A constant miss
 * rate shows a cache that is too small, or a sequential scan.
 */
final class ColdBuffers {
  private static final String MISSES = "cache-misses";
  private static final int THIRDS = 3;
  private static final double FILLED = 0.5;

  private ColdBuffers() {}

  /** Returns the evidence as a sentence; empty if the cache was not cold, or did not fill. */
  static Optional<String> evidence(Degradation degradation, DatabaseActivity database) {
    List<Double> misses = database.in(degradation, MISSES);
    int third = misses.size() / THIRDS;
    if (third == 0) {
      return Optional.empty();
    }
    double first = mean(misses.subList(0, third));
    double later = mean(misses.subList(misses.size() - third, misses.size()));
    boolean rose =
        database
            .before(degradation, MISSES)
            .map(was -> first >= was * database.options().rise())
            .orElse(true);
    return first >= database.options().misses() && rose && later <= first * FILLED
        ? Optional.of(
            text(
                "its cache was cold: %.0f %% of the blocks that were asked for were not there at"
                    + " first%s, and %.0f %% later",
                first * 100,
                database
                    .before(degradation, MISSES)
                    .map(was -> text(" (%.0f %% before)", was * 100))
                    .orElse(""),
                later * 100))
        : Optional.empty();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
