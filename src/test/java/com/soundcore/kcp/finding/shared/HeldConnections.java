package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.finding.shared.SharedCauses.text;

import com.soundcore.kcp.config.FindingKind;
import java.util.List;
import java.util.Optional;

/**
 * A service's pool is too small, without any figure of the pool: all connections that it has open
 * are taken all the time, while the database has little to do.
 */
final class HeldConnections implements Hypothesis {
  @Override
  public Optional<SharedCause> explain(List<Trouble> troubles, DatabaseActivity database) {
    return troubles.stream()
        .map(trouble -> held(trouble, database))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<SharedCause> held(Trouble trouble, DatabaseActivity database) {
    for (String client : database.clients(trouble)) {
      if (!DatabaseActivity.is(client, trouble.service())) {
        continue;
      }
      double open = database.most(trouble, "connections of " + client);
      double busy = database.median(trouble, "busy of " + client);
      double idle = database.mean(trouble, "idle-in-transaction of " + client);
      if (open >= 1 && busy >= open * database.options().held()) {
        return Optional.of(
            new SharedCause(
                FindingKind.CONNECTION_POOL,
                trouble.service(),
                List.of(
                    text(
                        "%s had %,.0f connections open, and %.1f of them were taken at any moment"
                            + " from %s: every call had to wait for one",
                        client, open, busy, trouble.span()),
                    text(
                        "%.1f of them did nothing (idle in transaction): the service held them"
                            + " while it did something else; the database had little to do (%.1f"
                            + " sessions running)",
                        idle, database.mean(trouble, "running"))),
                List.of(trouble.service())));
      }
    }
    return Optional.empty();
  }
}
