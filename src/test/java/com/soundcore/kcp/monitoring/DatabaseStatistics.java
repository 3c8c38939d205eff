package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.run.DatabaseSample.Scan;
import com.soundcore.kcp.run.DatabaseSample.Timed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * PostgreSQL's own counters, most of them as growth per second: transactions, cache misses,
 * temporary files, deadlocks, sequential scans and the most expensive statements. Deadlocks are
 * counted since the last poll, and replication lag is a current value. A view that the role may not
 * read is reported once and omitted.
 */
final class DatabaseStatistics {
  private static final String OF_THE_DATABASE =
      "SELECT xact_commit + xact_rollback, blks_hit, blks_read, temp_bytes, deadlocks"
          + " FROM pg_stat_database WHERE datname = current_database()";
  private static final String SESSIONS =
      "SELECT sessions FROM pg_stat_database WHERE datname = current_database()";
  private static final String TABLES =
      "SELECT relid, relname, seq_tup_read FROM pg_stat_user_tables WHERE seq_tup_read > 0";
  private static final String STATEMENTS =
      "SELECT queryid, min(left(query, 4000)), sum(calls), sum(total_exec_time)"
          + " FROM pg_stat_statements WHERE queryid IS NOT NULL AND dbid ="
          + " (SELECT oid FROM pg_database WHERE datname = current_database())"
          + " GROUP BY queryid ORDER BY 4 DESC LIMIT 50";
  private static final String REPLICAS =
      "SELECT coalesce(max(extract(epoch FROM replay_lag)), 0), count(*) FROM pg_stat_replication";
  private static final Set<String> FOR_GOOD = Set.of("42P01", "42501", "42703", "55000");
  private static final int KEPT = 5;

  /** Growth since the last poll. */
  record Grown(Map<String, Double> figures, List<Scan> scans, List<Timed> timed) {}

  @FunctionalInterface
  private interface Rows {
    void read(ResultSet rows) throws SQLException;
  }

  private final Connection connection;
  private final Consumer<String> tell;
  private final Map<String, Double> counters = new HashMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private long lastNanos = System.nanoTime();
  private double seconds;

  /**
   * @param tell receives a sentence for each view that cannot be read
   */
  DatabaseStatistics(Connection connection, Consumer<String> tell) {
    this.connection = connection;
    this.tell = tell;
    sinceLastTime();
  }

  Grown sinceLastTime() {
    long now = System.nanoTime();
    seconds = Math.max(0.001, (now - lastNanos) / 1e9);
    lastNanos = now;
    Map<String, Double> figures = new TreeMap<>();
    List<Scan> scans = new ArrayList<>();
    List<Timed> timed = new ArrayList<>();
    each("pg_stat_database", OF_THE_DATABASE, rows -> database(rows, figures));
    each(
        "pg_stat_database, sessions",
        SESSIONS,
        row -> figures.put("new-sessions", grown("sessions", row.getDouble(1)) / seconds));
    each(
        "pg_stat_user_tables",
        TABLES,
        rows -> {
          double read = grown("table " + rows.getString(1), rows.getDouble(3)) / seconds;
          scans.add(new Scan(rows.getString(2), read));
        });
    each("pg_stat_statements", STATEMENTS, rows -> statement(rows, timed));
    each(
        "pg_stat_replication",
        REPLICAS,
        rows -> {
          if (rows.getInt(2) > 0) {
            figures.put("replication-lag", rows.getDouble(1));
          }
        });
    scans.removeIf(scan -> scan.rowsPerSecond() <= 0);
    scans.sort(Comparator.comparingDouble(Scan::rowsPerSecond).reversed());
    timed.sort(
        Comparator.comparingDouble((Timed one) -> one.callsPerSecond() * one.meanMs()).reversed());
    return new Grown(
        figures,
        List.copyOf(scans.subList(0, Math.min(KEPT, scans.size()))),
        List.copyOf(timed.subList(0, Math.min(KEPT, timed.size()))));
  }

  private void database(ResultSet row, Map<String, Double> figures) throws SQLException {
    figures.put("transactions", grown("transactions", row.getDouble(1)) / seconds);
    double hit = grown("hit", row.getDouble(2));
    double read = grown("read", row.getDouble(3));
    figures.put("cache-misses", hit + read == 0 ? 0 : read / (hit + read));
    figures.put("temporary-bytes", grown("temp", row.getDouble(4)) / seconds);
    figures.put("deadlocks", grown("deadlocks", row.getDouble(5)));
  }

  private void statement(ResultSet row, List<Timed> timed) throws SQLException {
    String id = row.getString(1);
    double calls = grown("calls " + id, row.getDouble(3));
    double millis = grown("time " + id, row.getDouble(4));
    if (calls > 0) {
      timed.add(new Timed(StatementText.of(row.getString(2)), calls / seconds, millis / calls));
    }
  }

  /** Returns 0 at the first poll, and after the counter was reset. */
  private double grown(String counter, double value) {
    Double before = counters.put(counter, value);
    return before == null ? 0 : Math.max(0, value - before);
  }

  private void each(String view, String sql, Rows rows) {
    if (unreadable.contains(view)) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      while (answer.next()) {
        rows.read(answer);
      }
    } catch (SQLException e) {
      if (!FOR_GOOD.contains(String.valueOf(e.getSQLState()))) {
        // A timeout or a lost connection. The next poll of the sessions reports it.
        return;
      }
      unreadable.add(view);
      tell.accept(view + " cannot be read, and is left out: " + reason(e));
    }
  }

  private static String reason(SQLException e) {
    return switch (String.valueOf(e.getSQLState())) {
      case "42P01", "55000" ->
          "it is not there (CREATE EXTENSION pg_stat_statements; shared_preload_libraries)";
      case "42501" -> "the role is not a member of pg_monitor";
      case "42703" -> "PostgreSQL 14 or later has the columns that are asked for";
      default -> String.valueOf(e.getMessage());
    };
  }
}
