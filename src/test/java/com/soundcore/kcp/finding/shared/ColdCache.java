package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cache next to the database, such as Redis, with a far higher miss rate than before. The
 * additional work of the database is only its consequence.
 *
 * @param cache its metrics
 */
record ColdCache(ResourceFigures cache) implements Hypothesis {
  private static final String NAME = "cache";
  private static final String MISSES = "cache-misses";

  /** Requires a baseline before the degradation: some caches always have many misses. */
  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    FindingOptions.Database options = database.options();
    List<String> evidence = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    for (Degradation degradation : degradations) {
      double misses = cache.mean(degradation, MISSES);
      Optional<Double> before = cache.before(degradation, MISSES);
      boolean rose = before.filter(was -> misses >= was * options.rise()).isPresent();
      if (!rose || misses < options.misses()) {
        continue;
      }
      explained.add(degradation.service());
      evidence.add(
          text(
              "miss rate %.0f %% from %s, %.0f %% before",
              misses * 100, degradation.span(), before.orElse(0.0) * 100));
    }
    return explained.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SharedCause(
                FindingKind.COLD_CACHE, NAME, evidence.stream().distinct().toList(), explained));
  }
}
