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
  private static final double PLATEAU = 0.5;
  private static final int FEWEST = 4;
  private static final double SMALLEST = 2;
  private static final double MOST = 0.7;

  @Override
  public Optional<SharedCause> explain(List<Trouble> troubles, DatabaseActivity database) {
    return troubles.stream()
        .map(
            trouble ->
                database.isNamed(trouble.service())
                    ? all(trouble, database)
                    : noMoreThan(trouble, database))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** All connections of the service are taken. */
  private static Optional<SharedCause> all(Trouble trouble, DatabaseActivity database) {
    for (String client : database.clients(trouble)) {
      double open = database.most(trouble, "connections of " + client);
      double busy = database.median(trouble, "busy of " + client);
      if (DatabaseActivity.is(client, trouble.service())
          && open >= 1
          && busy >= open * database.options().held()
          && isFlat(trouble, "busy of " + client, busy, database)) {
        return cause(
            trouble,
            client,
            database,
            text(
                "%s had %,.0f connections open, and %.1f of them were taken on average from %s:"
                    + " other calls had to wait for one",
                client, open, busy, trouble.span()));
      }
    }
    return Optional.empty();
  }

  /**
   * Clients without a name share what they have open. A pool that is full shows all the same: the
   * sessions that are taken rise to a number, and stay there whatever waits.
   */
  private static Optional<SharedCause> noMoreThan(Trouble trouble, DatabaseActivity database) {
    for (String client : database.clients(trouble)) {
      String figure = "busy of " + client;
      double usual = database.median(trouble, figure);
      if (database.mayBe(client, trouble.service())
          && usual >= SMALLEST
          && isFlat(trouble, figure, usual, database)
          && database.rose(trouble, figure).orElse(false)) {
        return cause(
            trouble,
            client,
            database,
            text(
                "%.1f sessions of %s were taken on average from %s, and never more, however many"
                    + " calls waited (%.1f before): a pool of that size is full",
                usual, client, trouble.span(), database.before(trouble, figure).orElse(0.0)));
      }
    }
    return Optional.empty();
  }

  /** However many calls waited, no more were taken. */
  private static boolean isFlat(
      Trouble trouble, String figure, double usual, DatabaseActivity database) {
    List<Double> busy = database.in(trouble, figure);
    double near = Math.max(PLATEAU, usual * (1 - database.options().held()));
    long flat = busy.stream().filter(value -> Math.abs(value - usual) <= near).count();
    return busy.size() >= FEWEST && flat >= busy.size() * MOST;
  }

  private static Optional<SharedCause> cause(
      Trouble trouble, String client, DatabaseActivity database, String sentence) {
    double idle = database.mean(trouble, "idle-in-transaction of " + client);
    double running = database.mean(trouble, "running");
    return Optional.of(
        new SharedCause(
            FindingKind.CONNECTION_POOL,
            trouble.service(),
            List.of(
                sentence,
                text(
                    "%.1f of them did nothing (idle in transaction) while the service did something"
                        + " else; %.1f sessions of the whole database were running",
                    idle, running)),
            List.of(trouble.service())));
  }
}
