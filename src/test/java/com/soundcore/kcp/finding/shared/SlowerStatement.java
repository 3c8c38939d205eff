package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement that takes longer than before on a database with processors to spare: its plan has
 * changed, an index is missing, or its table has grown.
 */
final class SlowerStatement implements Hypothesis {
  // Minimum number of additional sessions of one statement.
  private static final double LEAST = 0.7;

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    for (Degradation degradation : degradations) {
      Optional<Degradation> before = database.timeBefore(degradation);
      for (Statement one : database.statements(degradation, Statement::running)) {
        if (before.isEmpty() || !database.mayBe(one.client(), degradation.service())) {
          continue;
        }
        double was =
            database.statements(before.get(), Statement::running).stream()
                .filter(other -> other.text().equals(one.text()))
                .mapToDouble(Statement::running)
                .sum();
        if (one.running() - was >= LEAST && one.running() >= was * database.options().rise()) {
          return Optional.of(cause(one, was, degradation, database));
        }
      }
    }
    return Optional.empty();
  }

  private static SharedCause cause(
      Statement one, double was, Degradation degradation, DatabaseActivity database) {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        text(
            "%.1f sessions of %s ran this statement on average from %s, %.1f before: %s",
            one.running(), one.client(), degradation.span(), was, one.text()));
    database.pace(degradation, one.text()).ifPresent(evidence::add);
    BusyProcessor.scan(one.text(), degradation, database).ifPresent(evidence::add);
    return new SharedCause(
        FindingKind.SLOW_STATEMENT,
        Monitoring.Database.NAME,
        evidence,
        List.of(degradation.service()));
  }
}
