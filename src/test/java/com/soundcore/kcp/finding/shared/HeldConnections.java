package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import java.util.List;
import java.util.Optional;

/**
 * A connection pool that is too small, found without metrics of the pool: all connections that the
 * service has open are in use all the time, while the database has little to do.
 */
final class HeldConnections implements Hypothesis {
  private static final double PLATEAU = 0.5;
  private static final int FEWEST = 4;
  private static final double SMALLEST = 2;
  private static final double MOST = 0.7;

  @Override
  public Optional<SharedCause> explain(List<Degradation> degradations, DatabaseActivity database) {
    return degradations.stream()
        .map(
            degradation ->
                database.isNamed(degradation.service())
                    ? all(degradation, database)
                    : noMoreThan(degradation, database))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<SharedCause> all(Degradation degradation, DatabaseActivity database) {
    for (String client : database.clients(degradation)) {
      double open = database.figures().most(degradation, "connections of " + client);
      double busy = database.figures().median(degradation, "busy of " + client);
      if (DatabaseActivity.is(client, degradation.service())
          && open >= 1
          && busy >= open * database.options().held()
          && isFlat(degradation, "busy of " + client, busy, database)) {
        return cause(
            degradation,
            client,
            database,
            text(
                "%s had %,.0f connections open, and %.1f of them were taken on average from %s:"
                    + " other calls had to wait for one",
                client, open, busy, degradation.span()));
      }
    }
    return Optional.empty();
  }

  /**
   * Clients without a name are counted together. A full pool still shows: the sessions in use rise
   * to a number and stay there, no matter how many calls wait.
   */
  private static Optional<SharedCause> noMoreThan(
      Degradation degradation, DatabaseActivity database) {
    for (String client : database.clients(degradation)) {
      String figure = "busy of " + client;
      double usual = database.figures().median(degradation, figure);
      if (database.mayBe(client, degradation.service())
          && usual >= SMALLEST
          && isFlat(degradation, figure, usual, database)
          && database.rose(degradation, figure).orElse(false)) {
        return cause(
            degradation,
            client,
            database,
            text(
                "%.1f sessions of %s were taken on average from %s, and never more, however many"
                    + " calls waited (%.1f before): a pool of that size is full",
                usual,
                client,
                degradation.span(),
                database.before(degradation, figure).orElse(0.0)));
      }
    }
    return Optional.empty();
  }

  /** Returns whether the sessions in use stayed at a constant number. */
  private static boolean isFlat(
      Degradation degradation, String figure, double usual, DatabaseActivity database) {
    List<Double> busy = database.in(degradation, figure);
    double near = Math.max(PLATEAU, usual * (1 - database.options().held()));
    long flat = busy.stream().filter(value -> Math.abs(value - usual) <= near).count();
    return busy.size() >= FEWEST && flat >= busy.size() * MOST;
  }

  private static Optional<SharedCause> cause(
      Degradation degradation, String client, DatabaseActivity database, String sentence) {
    double idle = database.mean(degradation, "idle-in-transaction of " + client);
    double running = database.mean(degradation, "running");
    return Optional.of(
        new SharedCause(
            FindingKind.CONNECTION_POOL,
            degradation.service(),
            List.of(
                sentence,
                text(
                    "%.1f of them did nothing (idle in transaction) while the service did something"
                        + " else; %.1f sessions of the whole database were running",
                    idle, running)),
            List.of(degradation.service())));
  }
}
