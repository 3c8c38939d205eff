package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Repeated samples of PostgreSQL's sessions (active session history). They show how many sessions
 * on average run, wait for a lock, wait for the disk or hold a transaction open, and with which
 * statements. By Little's law they also show where calls spend their time.
 */
final class DatabaseSessions {
  private static final String LIMITS =
      "SELECT current_setting('max_connections')::int,"
          + " current_setting('superuser_reserved_connections')::int"
          + " + coalesce(current_setting('reserved_connections', true)::int, 0)";
  private static final String LOOK =
      """
      SELECT pid, coalesce(nullif(application_name, ''), 'user ' || usename, 'unknown'),
        coalesce(state, ''), coalesce(wait_event_type, ''), coalesce(wait_event, ''), query,
        coalesce(extract(epoch FROM clock_timestamp() - xact_start), 0),
        CASE WHEN wait_event_type = 'Lock' THEN pg_blocking_pids(pid) ELSE '{}' END,
        coalesce(backend_type, '')
      FROM pg_stat_activity WHERE pid <> pg_backend_pid()\
      """;
  private static final String CLIENT = "client backend";
  private static final String WORKER = "parallel worker";
  private static final String HIDDEN = "<insufficient privilege>";
  private static final int KEPT = 10;

  /** Averages since the last reset. */
  record Seen(Map<String, Double> figures, List<Statement> statements, List<LockWait> waits) {}

  private record Session(
      int pid,
      String client,
      String state,
      String waits,
      String text,
      double seconds,
      int[] by,
      String type) {}

  private final PreparedStatement look;
  private final int maxConnections;
  private final int reserved;
  private final Map<String, Double> sums = new TreeMap<>();
  private final Map<String, Statement> statements = new HashMap<>();
  private final Map<String, LockWait> waits = new HashMap<>();
  private int looks;
  private long hidden;
  private long seen;

  DatabaseSessions(Connection connection) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet limits = statement.executeQuery(LIMITS)) {
      limits.next();
      maxConnections = limits.getInt(1);
      reserved = limits.getInt(2);
    }
    look = connection.prepareStatement(LOOK);
  }

  /** Returns the number of connections available to roles that are not superusers. */
  int connectionsForAll() {
    return maxConnections - reserved;
  }

  /** Returns whether the role lacks the permission to see other sessions. */
  boolean blind() {
    return hidden > 0 && seen == 0;
  }

  /**
   * Returns whether a poll has succeeded since the last reset. Without one, values are missing, not
   * zero.
   */
  boolean any() {
    return looks > 0;
  }

  void look() throws SQLException {
    Map<Integer, Session> sessions = new HashMap<>();
    try (ResultSet rows = look.executeQuery()) {
      while (rows.next()) {
        Session one = session(rows);
        hidden += one.text().equals(HIDDEN) ? 1 : 0;
        seen += one.type().equals(CLIENT) && !one.text().equals(HIDDEN) ? 1 : 0;
        sessions.put(one.pid(), one);
      }
    }
    looks++;
    sessions.values().forEach(one -> count(one, sessions));
  }

  private static Session session(ResultSet row) throws SQLException {
    Integer[] blockers = (Integer[]) row.getArray(8).getArray();
    int[] by = java.util.Arrays.stream(blockers).mapToInt(Integer::intValue).toArray();
    return new Session(
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        kind(row.getString(4), row.getString(5)),
        String.valueOf(row.getString(6)),
        row.getDouble(7),
        by,
        row.getString(9));
  }

  private void count(Session one, Map<Integer, Session> all) {
    if (one.type().equals(CLIENT)) {
      add("connections", 1);
      add("connections of " + one.client(), 1);
    } else if (!one.type().equals(WORKER)) {
      return;
    }
    if (one.state().startsWith("idle in transaction")) {
      add("idle-in-transaction", 1);
      add("busy of " + one.client(), 1);
      add("idle-in-transaction of " + one.client(), 1);
    } else if (one.state().equals("active")) {
      add("busy of " + one.client(), 1);
      String kind = one.waits();
      add(kind, 1);
      if (kind.equals("waiting-for-clients")) {
        return;
      }
      String text = StatementText.of(one.text());
      statements.merge(one.client() + text, statement(text, one.client(), kind), Statement::plus);
      if (kind.equals("waiting-for-locks")) {
        blocked(one, text, all);
      }
    }
  }

  static String kind(String type, String event) {
    return switch (type) {
      case "" -> "running";
      case "Lock" -> "waiting-for-locks";
      case "IO" -> "waiting-for-disk";
      // One session flushes the write-ahead log or, since PostgreSQL 18, reads pages through
      // io_uring. The others wait for that session.
      case "LWLock" ->
          event.startsWith("WALWrite") || event.equals("AioUringCompletion")
              ? "waiting-for-disk"
              : "running";
      // The server waits for the client to read the response or to send more data.
      case "Client" -> "waiting-for-clients";
      default -> "waiting-otherwise";
    };
  }

  private static Statement statement(String text, String client, String kind) {
    return new Statement(
        text,
        client,
        kind.equals("running") ? 1 : 0,
        kind.equals("waiting-for-locks") ? 1 : 0,
        kind.equals("waiting-for-disk") ? 1 : 0,
        kind.equals("waiting-otherwise") ? 1 : 0);
  }

  /**
   * Blames the session at the end of the chain of locks, because a waiting session is not the
   * cause.
   */
  private void blocked(Session waiter, String text, Map<Integer, Session> all) {
    Session blocker = waiter;
    for (int step = 0; step < all.size() && blocker.by().length > 0; step++) {
      int pid = blocker.by()[0];
      blocker = all.getOrDefault(pid, prepared(pid));
    }
    if (blocker.pid() == waiter.pid()) {
      return;
    }
    boolean client = blocker.type().equals(CLIENT);
    LockWait wait =
        new LockWait(
            waiter.client(),
            text,
            client ? blocker.client() : blocker.type(),
            StatementText.of(blocker.text()),
            blocker.state().startsWith("idle in transaction"),
            blocker.seconds(),
            1);
    waits.merge(wait.key(), wait, LockWait::plus);
  }

  /** A transaction prepared for two-phase commit holds locks but has no session. */
  private static Session prepared(int pid) {
    return new Session(pid, "", "", "", "", 0, new int[0], "a prepared transaction");
  }

  private void add(String figure, double value) {
    sums.merge(figure, value, Double::sum);
  }

  /**
   * Returns averages over the polls since the last reset. Keeps the 10 busiest statements and lock
   * waits.
   */
  Seen seenThenReset() {
    double n = Math.max(1, looks);
    Map<String, Double> figures = new TreeMap<>();
    for (String always :
        List.of("running", "waiting-for-locks", "waiting-for-disk", "waiting-otherwise")) {
      sums.putIfAbsent(always, 0.0);
    }
    sums.forEach((name, sum) -> figures.put(name, sum / n));
    figures.put("max-connections", (double) connectionsForAll());
    List<Statement> most =
        statements.values().stream()
            .sorted(Comparator.comparingDouble(Statement::sessions).reversed())
            .limit(KEPT)
            .map(one -> one.over(n))
            .toList();
    List<LockWait> blocked =
        waits.values().stream()
            .sorted(Comparator.comparingDouble(LockWait::sessions).reversed())
            .limit(KEPT)
            .map(one -> one.over(n))
            .toList();
    sums.clear();
    statements.clear();
    waits.clear();
    looks = 0;
    return new Seen(figures, most, blocked);
  }
}
