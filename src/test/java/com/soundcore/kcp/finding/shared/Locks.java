package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sessions that wait for a lock of another session, which is running or was left idle in its
 * transaction.
 */
final class Locks implements Hypothesis {
  private static final double LEFT_OPEN_SECONDS = 2;
  private static final String WAITING = "waiting-for-locks";

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    List<String> evidence = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    LockWait most = null;
    double idle = 0;
    double all = 0;
    double longest = 0;
    for (Degradation degradation : degradations) {
      List<LockWait> waits =
          database.waits(degradation).stream()
              .filter(one -> database.mayBe(one.waiter(), degradation.service()))
              .toList();
      double sessions = waits.stream().mapToDouble(LockWait::sessions).sum();
      if (sessions < database.options().sessions()
          || !database.rose(degradation, WAITING).orElse(true)) {
        continue;
      }
      explained.add(degradation.service());
      evidence.add(
          text(
              "%.1f sessions of %s waited for a lock on average from %s%s",
              sessions,
              waits.get(0).waiter(),
              degradation.span(),
              database
                  .before(degradation, WAITING)
                  .map(was -> text(", %.1f of all clients before", was))
                  .orElse("")));
      all += sessions;
      idle += waits.stream().filter(LockWait::idle).mapToDouble(LockWait::sessions).sum();
      longest = Math.max(longest, waits.stream().mapToDouble(LockWait::seconds).max().orElse(0));
      if (most == null || waits.get(0).sessions() > most.sessions()) {
        most = waits.get(0);
      }
    }
    if (most == null) {
      return Optional.empty();
    }
    evidence.add("waiting: " + most.statement());
    evidence.add(
        text(
            most.idle()
                ? "the lock was held by %s, which did nothing (idle in transaction); its last"
                    + " statement: %s; its transaction had been open for up to %.1f s"
                : "the lock was held by %s, which was running: %s; its transaction had been open"
                    + " for up to %.1f s",
            most.blocker(),
            most.blocking(),
            longest));
    // Every transaction is idle for a moment between two statements.
    boolean leftOpen = idle > all / 2 && longest >= LEFT_OPEN_SECONDS;
    return Optional.of(
        new SharedCause(
            leftOpen ? FindingKind.OPEN_TRANSACTION : FindingKind.LOCK_CONTENTION,
            Monitoring.Database.NAME,
            evidence,
            explained));
  }
}
