package com.soundcore.kcp.backend.postgres;

import com.soundcore.kcp.backend.fault.FaultEffects;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.http.LoadClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Faults planted into the database itself. Each runs in a separate session and does what happens to
 * real databases. A fault's route is the name of the affected table.
 */
public final class DatabaseFaults {
  // This session and the monitoring.
  private static final int OF_OTHERS = 2;
  private static final String OTHER = "nightly-report";

  private final PostgresServer server;
  private final LoadClock clock;

  public DatabaseFaults(PostgresServer server, LoadClock clock) {
    this.server = server;
    this.clock = clock;
  }

  /** Starts the faults, timed from the start of the load. */
  public void plant(List<PlantedFault> faults) {
    for (PlantedFault fault : faults) {
      int sessions = fault.kind().equals("report") ? (int) fault.size() : 1;
      for (int i = 0; i < sessions; i++) {
        Thread thread = new Thread(() -> run(fault), "fault-" + fault.kind());
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private void run(PlantedFault fault) {
    FaultEffects.pause(fault.fromMs() - clock.millis());
    try (Connection connection = server.connect(OTHER);
        Statement statement = connection.createStatement()) {
      String table = fault.route();
      switch (fault.kind()) {
        case "index-dropped" -> statement.execute(withoutIndexes(table));
        case "slow-statement" -> slow(statement, fault);
        case "lock" -> lock(connection, statement, fault);
        case "open-transaction" -> {
          connection.setAutoCommit(false);
          statement.execute(locking(table));
          awaitEnd(fault);
          connection.rollback();
        }
        case "report" -> {
          while (clock.millis() < fault.toMs()) {
            statement.execute(
                "SELECT count(*) FROM %1$s a JOIN %1$s b ON md5(a.id::text) = md5(b.id::text)"
                    .formatted(table));
          }
        }
        case "disk-work" -> diskWork(statement, fault);
        case "connections" -> connections(statement, fault);
        default -> throw new IllegalArgumentException("no fault '" + fault.kind() + "'");
      }
    } catch (SQLException ended) {
      System.err.println("planted " + fault.kind() + ": " + ended.getMessage());
    }
  }

  private void awaitEnd(PlantedFault fault) {
    FaultEffects.pause(Math.min(fault.toMs() - clock.millis(), TimeUnit.DAYS.toMillis(1)));
  }

  /**
   * Returns the statement that locks a table for readers as well. A forgotten transaction usually
   * locks only rows.
   */
  private static String locking(String table) {
    return "LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE";
  }

  private void lock(Connection connection, Statement statement, PlantedFault fault)
      throws SQLException {
    connection.setAutoCommit(false);
    while (clock.millis() < fault.toMs()) {
      statement.execute(locking(fault.route()));
      // Works while it holds the lock, like a migration.
      statement.execute("SELECT pg_sleep(" + fault.delayMs() / 1000 + ")");
      connection.commit();
      FaultEffects.pause(fault.lastingMs());
    }
  }

  /** Writes pages that must reach the disk, like a vacuum or a backup. */
  private void diskWork(Statement statement, PlantedFault fault) throws SQLException {
    statement.execute(
        "CREATE TABLE disk_work AS SELECT a::text AS row FROM %s a LIMIT 0"
            .formatted(fault.route()));
    while (clock.millis() < fault.toMs()) {
      statement.execute(
          "INSERT INTO disk_work SELECT a::text FROM %s a, generate_series(1, %d)"
              .formatted(fault.route(), fault.size()));
      statement.execute("CHECKPOINT");
      statement.execute("TRUNCATE disk_work");
    }
  }

  /** Takes almost all connections, like another client that was faster after a restart. */
  private void connections(Statement statement, PlantedFault fault) throws SQLException {
    List<Connection> taken = new ArrayList<>();
    try {
      int all = server.connectionsForAll() - (int) fault.size() - OF_OTHERS;
      while (taken.size() < all) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                + PostgresServer.SERVICE_ROLE
                + "'");
        taken.add(server.connect(OTHER));
      }
      awaitEnd(fault);
    } finally {
      for (Connection one : taken) {
        one.close();
      }
    }
  }

  /** Puts the table behind a view, so that every statement that reads it waits. */
  private void slow(Statement statement, PlantedFault fault) throws SQLException {
    String table = fault.route();
    statement.execute(
        ("ALTER TABLE %1$s RENAME TO %1$s_rows; CREATE VIEW %1$s AS SELECT %1$s_rows.* FROM"
                + " %1$s_rows, (SELECT pg_sleep(%2$s)) AS slow; GRANT ALL ON %1$s TO kcp")
            .formatted(table, String.valueOf(fault.delayMs() / 1000)));
    awaitEnd(fault);
    statement.execute("DROP VIEW %1$s; ALTER TABLE %1$s_rows RENAME TO %1$s".formatted(table));
  }

  private static String withoutIndexes(String table) {
    return """
    DO $$ DECLARE one record; BEGIN
      FOR one IN SELECT conname FROM pg_constraint
          WHERE conrelid = '%1$s'::regclass AND contype IN ('p', 'u') LOOP
        EXECUTE 'ALTER TABLE %1$s DROP CONSTRAINT ' || one.conname || ' CASCADE';
      END LOOP;
      FOR one IN SELECT indexrelid::regclass::text AS name FROM pg_index
          WHERE indrelid = '%1$s'::regclass LOOP
        EXECUTE 'DROP INDEX ' || one.name;
      END LOOP;
    END $$\
    """
        .formatted(table);
  }
}
