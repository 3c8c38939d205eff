package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import java.util.List;
import java.util.Optional;

/** The database could not be reached, and services failed in the same moments. */
final class GoneDatabase implements Hypothesis {
  private static final int NEAR = 3;

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    List<Degradation> struck =
        degradations.stream()
            .filter(
                degradation ->
                    database.mean(degradation.widened(NEAR), "unreachable")
                        >= database.options().share())
            .toList();
    return struck.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SharedCause(
                FindingKind.DATABASE_GONE,
                Monitoring.Database.NAME,
                List.of(
                    text(
                        "the monitoring could not connect to it, or lost its connection, while %s"
                            + " failed (%s)",
                        struck.get(0).service(), struck.get(0).span())),
                struck.stream().map(Degradation::service).toList()));
  }
}
