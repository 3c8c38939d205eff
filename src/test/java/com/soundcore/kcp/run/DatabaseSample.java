package com.soundcore.kcp.run;

import java.util.List;

/**
 * Activity of a database's sessions in a period of a run. Session counts are averages over the
 * period: 2.5 running means that two and a half were running at any moment.
 *
 * @param second of the load, at the end of the period
 * @param resource the name of the database
 * @param statements in progress, those with the most sessions first
 * @param waits sessions that waited for locks
 * @param scans tables that were read by full scans
 * @param timed the statements that took the most time, if the database counts them
 */
public record DatabaseSample(
    double second,
    String resource,
    List<Statement> statements,
    List<LockWait> waits,
    List<Scan> scans,
    List<Timed> timed) {

  /**
   * A statement without its values.
   *
   * @param text of the statement, shortened
   * @param client that sent it, as the database names it
   * @param running sessions on a processor, or ready for one
   * @param locked sessions that waited for a lock
   * @param io sessions that waited for the disk
   * @param other sessions that waited for something else
   */
  public record Statement(
      String text, String client, double running, double locked, double io, double other) {
    /** Returns the number of sessions in all. */
    public double sessions() {
      return running + locked + io + other;
    }

    /** Returns the summed sessions of two samples of the same statement. */
    public Statement plus(Statement more) {
      return new Statement(
          text,
          client,
          running + more.running,
          locked + more.locked,
          io + more.io,
          other + more.other);
    }

    /** Divides the sessions by n: the sum over n polls becomes an average. */
    public Statement over(double n) {
      return new Statement(text, client, running / n, locked / n, io / n, other / n);
    }
  }

  /**
   * A session that waited for a lock, and the session that held it.
   *
   * @param waiter the client that waited
   * @param statement that waited
   * @param blocker the client that held the lock
   * @param blocking its statement: the one in progress, or the last one of its transaction
   * @param idle whether the blocker was idle, with its transaction left open
   * @param seconds age of the blocker's transaction
   * @param sessions average number that waited in this way
   */
  public record LockWait(
      String waiter,
      String statement,
      String blocker,
      String blocking,
      boolean idle,
      double seconds,
      double sessions) {
    /** Returns the key that identifies the same wait in several samples. */
    public String key() {
      return String.join("\n", waiter, statement, blocker, blocking, String.valueOf(idle));
    }

    /** Returns the summed sessions of two samples of the same wait, with the longer transaction. */
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

    /** Divides the sessions by n: the sum over n polls becomes an average. */
    public LockWait over(double n) {
      return new LockWait(waiter, statement, blocker, blocking, idle, seconds, sessions / n);
    }
  }

  /** Rows per second read from a table by full scans. */
  public record Scan(String table, double rowsPerSecond) {}

  /** A statement as pg_stat_statements counts it, per second and call. */
  public record Timed(String text, double callsPerSecond, double meanMs) {}
}
