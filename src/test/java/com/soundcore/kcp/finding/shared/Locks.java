package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.finding.shared.SharedCauses.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sessions wait for a lock that another one holds: at work, or left open. */
final class Locks implements Hypothesis {
  private static final String WAITING = "waiting-for-locks";

  @Override
  public Optional<SharedCause> explain(List<Trouble> troubles, DatabaseActivity database) {
    List<String> evidence = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    LockWait most = null;
    for (Trouble trouble : troubles) {
      List<LockWait> waits =
          database.waits(trouble).stream()
              .filter(one -> database.mayBe(one.waiter(), trouble.service()))
              .toList();
      double sessions = waits.stream().mapToDouble(LockWait::sessions).sum();
      if (sessions < database.options().sessions() || !database.rose(trouble, WAITING)) {
        continue;
      }
      explained.add(trouble.service());
      evidence.add(
          text(
              "%.1f sessions of %s waited for a lock at any moment from %s%s",
              sessions,
              waits.get(0).waiter(),
              trouble.span(),
              database
                  .before(trouble, WAITING)
                  .map(was -> text(", %.1f of all clients before", was))
                  .orElse("")));
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
            "the lock was held by %s, in a transaction that was open for %.1f s and %s: %s",
            most.blocker(),
            most.seconds(),
            most.idle() ? "did nothing (idle in transaction); its last statement" : "was at work",
            most.blocking()));
    return Optional.of(
        new SharedCause(
            most.idle() ? FindingKind.OPEN_TRANSACTION : FindingKind.LOCK_CONTENTION,
            Monitoring.Database.NAME,
            evidence,
            explained));
  }
}
