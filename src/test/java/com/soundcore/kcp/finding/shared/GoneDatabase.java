package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import java.util.List;
import java.util.Optional;

/**
 * A database that could not be reached while services were slow or failed, but could be before or
 * after. A database that was never reached proves nothing.
 */
final class GoneDatabase implements Hypothesis {
  private static final int NEAR = 3;

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    List<Degradation> struck =
        degradations.stream()
            .filter(degradation -> database.isOnlyIn(degradation.widened(NEAR), "unreachable"))
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
                            + " %s (%s), and could at other times",
                        struck.get(0).service(),
                        struck.get(0).errors().isEmpty() ? "was slow" : "was slow or failed",
                        struck.get(0).span())),
                struck.stream().map(Degradation::service).toList()));
  }
}
