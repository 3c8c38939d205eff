package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pool that opens connections beyond its size under load and closes them again. Each costs the
 * database a process and the service a sign-in, at a moment when neither has time for it.
 */
final class ChurningConnections implements Hypothesis {
  private static final String NEW = "new-sessions";
  // A pool that renews its connections from time to time opens about one a second.
  private static final double NOTABLE = 2;

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    List<String> evidence = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    for (Degradation degradation : degradations) {
      double now = database.mean(degradation, NEW);
      Optional<Double> before = database.before(degradation, NEW);
      boolean rose = before.filter(was -> now >= was * database.options().rise()).isPresent();
      if (now >= NOTABLE && rose) {
        explained.add(degradation.service());
        evidence.add(
            text(
                "%.1f connections a second were opened anew from %s, while %s was slow or failed,"
                    + " and %.1f before",
                now, degradation.span(), degradation.service(), before.orElseThrow()));
      }
    }
    return explained.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SharedCause(
                FindingKind.CONNECTION_CHURN, Monitoring.Database.NAME, evidence, explained));
  }
}
