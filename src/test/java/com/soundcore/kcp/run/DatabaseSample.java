package com.soundcore.kcp.run;

import java.util.List;

/**
 * What a database's sessions did in a stretch of a run. Sessions are averages over the stretch: 2.5
 * running means that two and a half were running at any moment.
 *
 * @param second of the load, at the end of the stretch
 * @param resource the name of the database
 * @param statements that were under way, those with the most sessions first
 * @param waits who waited for whose lock
 * @param scans tables that were read from end to end
 * @param timed statements that took most time, where the database counts them
 */
public record DatabaseSample(
    double second,
    String resource,
    List<Statement> statements,
    List<LockWait> waits,
    List<Scan> scans,
    List<Timed> timed) {

  /**
   * A statement, without its values.
   *
   * @param text of the statement, shortened
   * @param client who sent it, as the database knows it
   * @param running sessions on a processor, or ready for one
   * @param locked sessions that waited for a lock
   * @param io sessions that waited for the disk
   * @param other sessions that waited for something else
   */
  public record Statement(
      String text, String client, double running, double locked, double io, double other) {
    /** Sessions in all. */
    public double sessions() {
      return running + locked + io + other;
    }

    /** The sessions of two samples of the same statement. */
    public Statement plus(Statement more) {
      return new Statement(
          text,
          client,
          running + more.running,
          locked + more.locked,
          io + more.io,
          other + more.other);
    }

    /** An n-th of the sessions: a sum over n looks becomes an average. */
    public Statement over(double n) {
      return new Statement(text, client, running / n, locked / n, io / n, other / n);
    }
  }

  /**
   * A session that waited for a lock, and the one that held it.
   *
   * @param waiter the client that waited
   * @param statement that waited
   * @param blocker the client that held the lock
   * @param blocking its statement: the one under way, or the last one of its transaction
   * @param idle whether the blocker did nothing: its transaction was left open
   * @param seconds since the blocker's transaction had begun
   * @param sessions that waited so, on average
   */
  public record LockWait(
      String waiter,
      String statement,
      String blocker,
      String blocking,
      boolean idle,
      double seconds,
      double sessions) {
    /** What makes two of them the same. */
    public String key() {
      return String.join("\n", waiter, statement, blocker, blocking, String.valueOf(idle));
    }

    /** The sessions of two samples of the same wait, and the longer one of their transactions. */
    public LockWait plus(LockWait more) {
      return new LockWait(
          waiter,
          statement,
          blocker,
          blocking,
          idle,
          Math.max(seconds, more.seconds),
          sessions + more.sessions);
    }

    /** An n-th of the sessions: a sum over n looks becomes an average. */
    public LockWait over(double n) {
      return new LockWait(waiter, statement, blocker, blocking, idle, seconds, sessions / n);
    }
  }

  /** Rows per second that were read from a table from end to end. */
  public record Scan(String table, double rowsPerSecond) {}

  /** A statement as pg_stat_statements counts it, per second and call. */
  public record Timed(String text, double callsPerSecond, double meanMs) {}
}
