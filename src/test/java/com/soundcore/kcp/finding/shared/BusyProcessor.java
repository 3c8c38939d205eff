package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A saturated database processor: more sessions are ready to run than the database has processors.
 * The evidence names the statement with most of these sessions and its table that is read by
 * sequential scans.
 */
final class BusyProcessor implements Hypothesis {
  private static final double PROCESSORS = 2;
  private static final String RUNNING = "running";
  private static final List<String> WAITS =
      List.of("waiting-for-locks", "waiting-for-disk", "waiting-otherwise");

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    List<Degradation> explained =
        degradations.stream().filter(degradation -> saturated(degradation, database)).toList();
    if (explained.isEmpty()) {
      return Optional.empty();
    }
    Degradation worst =
        explained.stream()
            .max(Comparator.comparingDouble(degradation -> database.mean(degradation, RUNNING)))
            .orElseThrow();
    List<String> evidence = new ArrayList<>();
    double running = database.mean(worst, RUNNING);
    evidence.add(
        text(
            "%.1f sessions of the database ran or were ready to run on average from %s%s%s",
            running,
            worst.span(),
            database.cores() > 0 ? text(", on %.0f processors", database.cores()) : "",
            database.before(worst, RUNNING).map(was -> text("; %.1f before", was)).orElse("")));
    List<Statement> statements = database.statements(worst, Statement::running);
    if (!statements.isEmpty()) {
      statement(statements.get(0), running, worst, database, evidence);
    }
    return Optional.of(
        new SharedCause(
            FindingKind.DATABASE_CPU,
            Monitoring.Database.NAME,
            evidence,
            explained.stream().map(Degradation::service).toList()));
  }

  private static boolean saturated(Degradation degradation, DatabaseActivity database) {
    double running = database.mean(degradation, RUNNING);
    double waiting = WAITS.stream().mapToDouble(figure -> database.mean(degradation, figure)).sum();
    double cores = database.cores();
    double least = (cores > 0 ? cores : PROCESSORS) + database.options().ready();
    // If the number of processors is unknown, only a rise shows that there are too few.
    boolean rose = cores > 0 || database.rose(degradation, RUNNING).orElse(false);
    return running >= least && running > waiting && rose;
  }

  private static void statement(
      Statement most,
      double running,
      Degradation degradation,
      DatabaseActivity database,
      List<String> evidence) {
    evidence.add(
        text(
            "%.0f %% of that was this statement of %s: %s",
            Math.min(100, most.running() / running * 100), most.client(), most.text()));
    database.pace(degradation, most.text()).ifPresent(evidence::add);
    scan(most.text(), degradation, database).ifPresent(evidence::add);
  }

  /** Returns which table of a statement has the most sequential scans, as a sentence. */
  static Optional<String> scan(
      String statement, Degradation degradation, DatabaseActivity database) {
    return database.scans(degradation).stream()
        .filter(scan -> scan.getValue() > 0)
        .filter(scan -> statement.matches(".*\\b" + Pattern.quote(scan.getKey()) + "\\b.*"))
        .findFirst()
        .map(
            scan ->
                text(
                    "the table %s was read from end to end: %,.0f rows a second (sequential scan)",
                    scan.getKey(), scan.getValue()));
  }
}
