package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Statements that wait inside the database: for its disk, or for something that is not a lock. */
final class SlowStatements implements Hypothesis {
  private static final double FROM_THE_START = 3;

  private final FindingKind kind;
  private final String figure;
  private final ToDoubleFunction<Statement> waiting;
  private final String what;

  private SlowStatements(
      FindingKind kind, String figure, ToDoubleFunction<Statement> waiting, String what) {
    this.kind = kind;
    this.figure = figure;
    this.waiting = waiting;
    this.what = what;
  }

  static Hypothesis forTheDisk() {
    return new SlowStatements(
        FindingKind.DATABASE_DISK, "waiting-for-disk", Statement::io, "waited for the disk");
  }

  static Hypothesis forSomethingElse() {
    return new SlowStatements(
        FindingKind.SLOW_STATEMENT,
        "waiting-otherwise",
        Statement::other,
        "were under way, and neither ran nor waited for a lock or the disk");
  }

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    List<String> evidence = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    boolean cold = false;
    for (Degradation degradation : degradations) {
      List<Statement> statements =
          database.statements(degradation, Statement::sessions).stream()
              .filter(one -> database.mayBe(one.client(), degradation.service()))
              .toList();
      double sessions = statements.stream().mapToDouble(Statement::sessions).sum();
      double slow = statements.stream().mapToDouble(waiting).sum();
      // A wait that existed before is no cause; without a baseline only a large one counts.
      boolean rose =
          database.rose(degradation, figure).orElse(slow >= FROM_THE_START * least(database));
      if (slow < least(database) || slow < sessions / 2 || !rose) {
        continue;
      }
      Statement most =
          statements.stream()
              .max((a, b) -> Double.compare(waiting.applyAsDouble(a), waiting.applyAsDouble(b)))
              .orElseThrow();
      explained.add(degradation.service());
      evidence.add(
          text(
              "%.1f of %.1f busy sessions of %s %s on average from %s",
              slow, sessions, most.client(), what, degradation.span()));
      evidence.add("the statement: " + most.text());
      database.pace(degradation, most.text()).ifPresent(evidence::add);
      Optional<String> empty =
          ofTheDisk() ? ColdBuffers.evidence(degradation, database) : Optional.empty();
      empty.ifPresent(evidence::add);
      cold |= empty.isPresent();
    }
    return explained.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SharedCause(
                cold ? FindingKind.COLD_CACHE : kind,
                Monitoring.Database.NAME,
                evidence,
                explained));
  }

  private boolean ofTheDisk() {
    return kind == FindingKind.DATABASE_DISK;
  }

  private static double least(DatabaseActivity database) {
    return database.options().sessions();
  }
}
