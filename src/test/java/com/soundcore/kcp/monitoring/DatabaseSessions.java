package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sessions of a PostgreSQL, looked at again and again: how many run, wait for a lock, wait for
 * the disk or hold a transaction open, on average, and with which statements (active session
 * history). By Little's law that is also where the time of the calls goes.
 */
final class DatabaseSessions {
  private static final String LIMITS =
      "SELECT current_setting('max_connections')::int,"
          + " current_setting('superuser_reserved_connections')::int";
  private static final String LOOK =
      """
      SELECT pid, coalesce(nullif(application_name, ''), usename::text, ''), coalesce(state, ''),
        coalesce(wait_event_type, ''), left(query, 4000),
        coalesce(extract(epoch FROM clock_timestamp() - xact_start), 0),
        CASE WHEN wait_event_type = 'Lock' THEN pg_blocking_pids(pid) ELSE '{}' END
      FROM pg_stat_activity
      WHERE (backend_type IN ('client backend', 'parallel worker')
          OR query = '<insufficient privilege>') AND pid <> pg_backend_pid()""";
  private static final String HIDDEN = "<insufficient privilege>";
  private static final int KEPT = 10;

  /** What was seen since the last time. */
  record Seen(Map<String, Double> figures, List<Statement> statements, List<LockWait> waits) {}

  private record Session(
      int pid,
      String client,
      String state,
      String waitType,
      String text,
      double seconds,
      int[] by) {}

  private final PreparedStatement look;
  private final int maxConnections;
  private final int reserved;
  private final Map<String, Double> sums = new TreeMap<>();
  private final Map<String, Statement> statements = new HashMap<>();
  private final Map<String, LockWait> waits = new HashMap<>();
  private int looks;
  private boolean blind;

  DatabaseSessions(Connection connection) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet limits = statement.executeQuery(LIMITS)) {
      limits.next();
      maxConnections = limits.getInt(1);
      reserved = limits.getInt(2);
    }
    look = connection.prepareStatement(LOOK);
  }

  /** Connections that those may have who are not superusers. */
  int connectionsForAll() {
    return maxConnections - reserved;
  }

  /** Whether the role may not see other sessions. */
  boolean blind() {
    return blind;
  }

  void look() throws SQLException {
    Map<Integer, Session> sessions = new HashMap<>();
    try (ResultSet rows = look.executeQuery()) {
      while (rows.next()) {
        Session one = session(rows);
        blind |= one.text().equals(HIDDEN);
        sessions.put(one.pid(), one);
      }
    }
    looks++;
    sessions.values().forEach(one -> count(one, sessions));
  }

  private static Session session(ResultSet row) throws SQLException {
    Array array = row.getArray(7);
    Integer[] blockers = (Integer[]) array.getArray();
    int[] by = java.util.Arrays.stream(blockers).mapToInt(Integer::intValue).toArray();
    return new Session(
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        String.valueOf(row.getString(5)),
        row.getDouble(6),
        by);
  }

  private void count(Session one, Map<Integer, Session> all) {
    add("connections", 1);
    add("connections of " + one.client(), 1);
    if (one.state().startsWith("idle in transaction")) {
      add("idle-in-transaction", 1);
      add("busy of " + one.client(), 1);
      add("idle-in-transaction of " + one.client(), 1);
    } else if (one.state().equals("active")) {
      add("busy of " + one.client(), 1);
      String kind = kind(one.waitType());
      add(kind, 1);
      String text = StatementText.of(one.text());
      statements.merge(one.client() + text, statement(text, one.client(), kind), this::plus);
      if (kind.equals("waiting-for-locks")) {
        blocked(one, text, all);
      }
    }
  }

  private static String kind(String wait) {
    return switch (wait) {
      case "" -> "running";
      case "Lock" -> "waiting-for-locks";
      case "IO" -> "waiting-for-disk";
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

  private Statement plus(Statement a, Statement b) {
    return new Statement(
        a.text(),
        a.client(),
        a.running() + b.running(),
        a.locked() + b.locked(),
        a.io() + b.io(),
        a.other() + b.other());
  }

  /** The one at the end of the chain: whoever waits itself is no cause. */
  private void blocked(Session waiter, String text, Map<Integer, Session> all) {
    Session blocker = waiter;
    for (int step = 0; step < all.size() && blocker.by().length > 0; step++) {
      Session next = all.get(blocker.by()[0]);
      if (next == null) {
        return;
      }
      blocker = next;
    }
    if (blocker.pid() == waiter.pid()) {
      return;
    }
    LockWait wait =
        new LockWait(
            waiter.client(),
            text,
            blocker.client(),
            StatementText.of(blocker.text()),
            blocker.state().startsWith("idle in transaction"),
            blocker.seconds(),
            1);
    waits.merge(
        wait.waiter() + wait.statement() + wait.blocker() + wait.blocking() + wait.idle(),
        wait,
        (a, b) ->
            new LockWait(
                a.waiter(),
                a.statement(),
                a.blocker(),
                a.blocking(),
                a.idle(),
                Math.max(a.seconds(), b.seconds()),
                a.sessions() + b.sessions()));
  }

  private void add(String figure, double value) {
    sums.merge(figure, value, Double::sum);
  }

  /** Averages over the looks since the last time. */
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
            .map(
                s ->
                    new Statement(
                        s.text(),
                        s.client(),
                        s.running() / n,
                        s.locked() / n,
                        s.io() / n,
                        s.other() / n))
            .toList();
    List<LockWait> blocked = new ArrayList<>();
    waits.values().stream()
        .sorted(Comparator.comparingDouble(LockWait::sessions).reversed())
        .limit(KEPT)
        .forEach(
            w ->
                blocked.add(
                    new LockWait(
                        w.waiter(),
                        w.statement(),
                        w.blocker(),
                        w.blocking(),
                        w.idle(),
                        w.seconds(),
                        w.sessions() / n)));
    sums.clear();
    statements.clear();
    waits.clear();
    looks = 0;
    return new Seen(figures, most, blocked);
  }
}
