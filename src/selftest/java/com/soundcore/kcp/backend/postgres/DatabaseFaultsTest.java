package com.soundcore.kcp.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.http.LoadClock;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.monitoring.DatabaseWatch;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The faults and the watch on a real PostgreSQL. */
class DatabaseFaultsTest extends PostgresFixture {
  private static final long WHILE_MS = 800;
  private static final String OTHERS = "application_name = 'nightly-report'";

  private static PlantedFault fault(
      String kind, String table, long toMs, double delayMs, long size, long lastingMs) {
    return new PlantedFault("database", kind, table, 0, toMs, delayMs, 0, size, 0, lastingMs);
  }

  private static void plant(PlantedFault fault) {
    LoadClock clock = new LoadClock();
    clock.start();
    new DatabaseFaults(server, clock).plant(List.of(fault));
  }

  private static void untilItIsOver() {
    until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE " + OTHERS) == 0);
  }

  private static long calls(String statement) {
    return number(
        "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query LIKE '%s%%'"
            .formatted(statement));
  }

  @Test
  void aTableWhoseIndexesAreDroppedHasNoPrimaryKeyEither() {
    String indexes = "SELECT count(*) FROM pg_indexes WHERE tablename = 'knowledge_items'";
    assertThat(number(indexes)).isEqualTo(3);
    plant(fault("index-dropped", "knowledge_items", WHILE_MS, 0, 0, 0));
    until(() -> number(indexes) == 0);
  }

  @Test
  void aSlowStatementWaitsAtEveryReadOfItsTable() {
    plant(fault("slow-statement", "tickets", WHILE_MS, 60, 0, 0));
    until(() -> number("SELECT count(*) FROM pg_views WHERE viewname = 'tickets'") == 1);
    long before = System.nanoTime();
    assertThat(number("SELECT count(*) FROM tickets")).isEqualTo(5);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(60));
    untilItIsOver();
    assertThat(number("SELECT count(*) FROM pg_tables WHERE tablename = 'tickets'")).isOne();
  }

  private static boolean isLocked(String table, String state) {
    return number(
            "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.granted"
                + " AND l.mode = 'AccessExclusiveLock' AND l.relation = '%s'::regclass AND %s AND"
                    .formatted(table, OTHERS)
                + " a.state = '"
                + state
                + "'")
        == 1;
  }

  @Test
  void aLockIsHeldByASessionThatWorksAgainAndAgain() {
    plant(fault("lock", "tickets", WHILE_MS, 100, 0, 20));
    until(() -> isLocked("tickets", "active"));
    untilItIsOver();
    assertThat(calls("LOCK TABLE tickets")).isGreaterThan(1);
    assertThat(number("SELECT count(*) FROM tickets")).isEqualTo(5);
  }

  @Test
  void anOpenTransactionHoldsItsLockAndDoesNothing() {
    plant(fault("open-transaction", "conversations", WHILE_MS, 0, 0, 0));
    until(() -> isLocked("conversations", "idle in transaction"));
    untilItIsOver();
    assertThat(calls("LOCK TABLE conversations")).isOne();
  }

  @Test
  void aReportIsReadBySoManySessions() {
    plant(fault("report", "products", WHILE_MS, 0, 2, 0));
    until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE " + OTHERS) == 2);
    untilItIsOver();
    assertThat(calls("SELECT count(*) FROM products a JOIN products b")).isGreaterThan(1);
  }

  @Test
  void workOfTheDiskIsWrittenAndForcedThere() {
    plant(fault("disk-work", "products", WHILE_MS / 4, 0, 3, 0));
    until(() -> number("SELECT count(*) FROM pg_tables WHERE tablename = 'disk_work'") == 1);
    untilItIsOver();
    assertThat(calls("CHECKPOINT")).isEqualTo(calls("INSERT INTO disk_work")).isPositive();
    assertThat(number("SELECT count(*) FROM disk_work")).isZero();
  }

  @Test
  void anotherClientTakesAllConnectionsButSoMany() {
    try (ServiceDatabase service = taken()) {
      plant(fault("connections", "", 3 * WHILE_MS, 0, 5, 0));
      // Itself holds one of those that are left.
      int taken = FOR_ALL - 5 - 2 + 1;
      until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE " + OTHERS) == taken);
      assertThatThrownBy(() -> service.number("SELECT 1"))
          .hasMessageContaining("terminating connection");
      service.giveBack();
      untilItIsOver();
      assertThat(calls("SELECT pg_terminate_backend")).isEqualTo(taken - 1);
    }
  }

  @Test
  void aFaultThatTheDatabaseRefusesIsSaid() {
    PrintStream console = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      plant(fault("open-transaction", "no_table", WHILE_MS, 0, 0, 0));
      until(() -> printed.size() > 0);
    } finally {
      System.setErr(console);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("planted open-transaction: ERROR: relation \"no_table\" does not exist");
  }

  private static Connection connect(String application) throws SQLException {
    return DriverManager.getConnection(server.url() + "?ApplicationName=" + application, "kcp", "");
  }

  @Test
  void theWatchSeesWhoWaitsForWhomAndTheFiguresOfTheDatabase() throws Exception {
    Monitoring.Database options =
        new Monitoring.Database(
            server.url(),
            List.of(),
            2,
            Map.of("knowledge", 40, "content", 40),
            Duration.ofMillis(50),
            Duration.ofSeconds(5));
    // What the database has counted before is what growth is seen against.
    updateTheSameRow();
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (DatabaseWatch watch =
            new DatabaseWatch(
                options, Duration.ofMillis(100), new DatabaseWatch.Credentials("kcp_monitor", ""));
        Connection holder = connect("holder");
        Statement held = holder.createStatement()) {
      holder.setAutoCommit(false);
      held.execute("UPDATE tickets SET subject = 's3cr3t' WHERE id = 2");
      Thread waiter = new Thread(DatabaseFaultsTest::updateTheSameRow);
      waiter.start();
      until(() -> watch.sessions().stream().anyMatch(sample -> !sample.waits().isEmpty()));
      holder.rollback();
      waiter.join();
      until(() -> watch.sessions().stream().anyMatch(sample -> isTimed(sample.timed().toString())));
      LockWait wait =
          watch.sessions().stream().flatMap(one -> one.waits().stream()).findFirst().orElseThrow();
      assertThat(wait.waiter()).isEqualTo("waiter");
      assertThat(wait.blocker()).isEqualTo("holder");
      assertThat(wait.statement()).isEqualTo("UPDATE tickets SET status = ? WHERE id = ?");
      assertThat(wait.blocking()).isEqualTo("UPDATE tickets SET subject = ? WHERE id = ?");
      assertThat(wait.idle()).isTrue();
      assertThat(watch.latest())
          .containsEntry("max-connections", (double) FOR_ALL)
          .containsEntry("cores", 2.0)
          .containsEntry("deadlocks", 0.0)
          .containsKeys("running", "waiting-for-locks", "transactions", "cache-misses");
    } finally {
      System.setOut(console);
    }
    // On a slow machine it also says that it polls less often.
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("may open"))
        .singleElement()
        .asString()
        .contains("may open 80 connections together, and it allows 37");
  }

  private static boolean isTimed(String statements) {
    return statements.contains("UPDATE tickets SET status = ? WHERE id = ?");
  }

  private static void updateTheSameRow() {
    try (Connection connection = connect("waiter");
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE tickets SET status = 'open' WHERE id = 2");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
