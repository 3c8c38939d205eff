package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cache next to the database, such as Redis, in which far more is missed than before; whatever
 * the database has to do in its place is its consequence.
 *
 * @param cache its figures
 */
record ColdCache(ResourceFigures cache) implements Hypothesis {
  private static final String NAME = "cache";
  private static final String MISSES = "cache-misses";

  /** Nothing without a time before: some caches are always missed a lot. */
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
