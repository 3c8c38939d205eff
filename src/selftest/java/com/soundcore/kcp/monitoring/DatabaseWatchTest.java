package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.run.DatabaseSample;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.testkit.DatabaseProcess;
import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL, asked by the role that may look, and by roles that may not. */
@Tag("full")
class DatabaseWatchTest {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final DatabaseWatch.Credentials MONITOR =
      new DatabaseWatch.Credentials("kcp_monitor", "");

  private static final int SAMPLES = 4;

  private static DatabaseProcess database;

  private final PrintStream console = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws SQLException {
    database = new DatabaseProcess();
    run("CREATE ROLE stranger LOGIN");
    run("CREATE ROLE guarded LOGIN PASSWORD 'right'");
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      database.close();
    }
  }

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(console);
  }

  private static Connection connect(String application) throws SQLException {
    return DriverManager.getConnection(
        database.url() + "?ApplicationName=" + application, "postgres", "");
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = connect("test");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static DatabaseWatch watch(String url, DatabaseWatch.Credentials credentials) {
    return new DatabaseWatch(
        new Monitoring.Database(
            url, List.of(), 2, Map.of(), Duration.ofMillis(100), Duration.ofSeconds(1)),
        EVERY,
        credentials);
  }

  private String said() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Asks again until it is so; fails after 30 s. */
  private static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("within 30 s").isBefore(end);
      Thread.onSpinWait();
    }
  }

  private static boolean waits(DatabaseWatch watch, boolean idle) {
    return watch.sessions().stream()
        .map(DatabaseSample::waits)
        .flatMap(List::stream)
        .anyMatch(wait -> wait.idle() == idle && wait.blocker().equals("holder"));
  }

  @Test
  void whoWaitsForWhoseLockIsSeenWithoutTheValuesOfTheStatements() throws Exception {
    try (DatabaseWatch watch = watch(database.url(), MONITOR);
        Connection holder = connect("holder");
        Statement held = holder.createStatement()) {
      holder.setAutoCommit(false);
      held.execute("UPDATE tickets SET subject = 's3cr3t' WHERE id = 7");
      Thread waiter = new Thread(DatabaseWatchTest::updateTheSameRow);
      waiter.start();
      until(() -> waits(watch, true));
      holder.rollback();
      waiter.join();
      DatabaseSample.LockWait wait =
          watch.sessions().stream()
              .map(DatabaseSample::waits)
              .flatMap(List::stream)
              .findFirst()
              .orElseThrow();
      assertThat(wait.waiter()).isEqualTo("waiter");
      assertThat(wait.statement()).isEqualTo("UPDATE tickets SET status = ? WHERE id = ?");
      assertThat(wait.blocking()).isEqualTo("UPDATE tickets SET subject = ? WHERE id = ?");
      assertThat(wait.seconds()).isPositive();
    }
  }

  private static void updateTheSameRow() {
    try (Connection connection = connect("waiter");
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE tickets SET status = 'open' WHERE id = 7");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sessionsConnectionsAndTheirLimitAreFigures() throws Exception {
    try (DatabaseWatch watch = watch(database.url(), MONITOR);
        Connection idle = connect("a-client");
        Statement statement = idle.createStatement()) {
      idle.setAutoCommit(false);
      statement.execute("SELECT 1");
      until(() -> watch.latest().containsKey("idle-in-transaction of a-client"));
      assertThat(watch.latest())
          .containsEntry("max-connections", 97.0)
          .containsEntry("cores", 2.0)
          .containsKeys("running", "waiting-for-locks", "transactions", "cache-misses");
      assertThat(watch.samples()).isNotEmpty();
    }
    assertThat(said()).isEmpty();
  }

  @Test
  void aRoleThatMayNotSeeOthersIsReportedOnce() throws Exception {
    try (Connection other = connect("other");
        Statement statement = other.createStatement();
        DatabaseWatch watch =
            watch(database.url(), new DatabaseWatch.Credentials("stranger", ""))) {
      statement.execute("SELECT 1");
      until(() -> watch.samples().size() > 3);
    }
    assertThat(said().lines().filter(line -> line.contains("GRANT pg_monitor"))).hasSize(1);
  }

  @Test
  void aWrongPasswordIsOneSentenceWithoutThePassword() throws Exception {
    try (Connection owner = connect("test");
        Statement statement = owner.createStatement();
        ResultSet file = statement.executeQuery("SHOW hba_file")) {
      file.next();
      Path rules = Path.of(file.getString(1));
      Files.writeString(
          rules, "host all guarded 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
      statement.execute("SELECT pg_reload_conf()");
    }
    DatabaseWatch.Credentials wrong = new DatabaseWatch.Credentials("guarded", "s3cr3t-wrong");
    try (DatabaseWatch watch = watch(database.url(), wrong)) {
      until(() -> !said().isEmpty());
      assertThat(watch.samples()).isEmpty();
    }
    assertThat(said().lines())
        .containsExactly(
            "resources of the database: it refused user or password (KCP_DATABASE_USER,"
                + " KCP_DATABASE_PASSWORD) (kcp.monitoring.database)");
    assertThat(wrong).hasToString("(secret)");
  }

  @Test
  void aDatabaseThatHangsIsOneSentenceAndHoldsNobodyUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres";
      try (DatabaseWatch watch = watch(url, MONITOR)) {
        until(() -> !said().isEmpty());
        until(() -> !watch.samples().isEmpty());
        assertThat(watch.samples())
            .allSatisfy(sample -> assertThat(sample.figures()).containsKey("unreachable"));
      }
      assertThat(said().lines())
          .containsExactly(
              "resources of the database: could not connect to "
                  + url
                  + ", or lost the connection"
                  + " (kcp.monitoring.database)");
    }
  }

  @Test
  void theMonitoringHasOneConnection() throws Exception {
    try (DatabaseWatch watch = watch(database.url(), MONITOR)) {
      until(() -> !watch.samples().isEmpty());
      try (Connection owner = connect("test");
          Statement statement = owner.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT count(*) FROM pg_stat_activity WHERE application_name ="
                      + " 'kcp-load-test'")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
    }
  }

  @Test
  void aPoolThatOpensAndClosesConnectionsIsTheCauseOfWhatItsServiceSuffers(@TempDir Path folder)
      throws Exception {
    List<Map<String, Double>> calm;
    List<Map<String, Double>> churning;
    try (DatabaseWatch watch = watch(database.url(), MONITOR);
        Connection pooled = connect("knowledge-service");
        Statement statement = pooled.createStatement()) {
      // The first sample counts the sessions of this test's own start.
      until(() -> executed(statement) && watch.samples().size() > SAMPLES);
      calm = figures(watch, 1);
      int before = watch.samples().size() + 1;
      until(() -> connected() && watch.samples().size() > before + SAMPLES);
      churning = figures(watch, before);
    }
    SyntheticRun.Order slow =
        SyntheticRun.Order.taking(
            (service, second, number) ->
                service.equals("knowledge") && second >= 30 ? 700 : 5 + number % 5);
    assertThat(
            new ObservedRun()
                .measured(Monitoring.Database.NAME, 35, calm, churning)
                .evidence(folder, slow, "connection-churn", Monitoring.Database.NAME))
        .contains("connections a second were opened anew from 0:35", "while knowledge was slow");
  }

  private static List<Map<String, Double>> figures(DatabaseWatch watch, int from) {
    List<ResourceSample> samples = watch.samples();
    return samples.subList(from, samples.size()).stream().map(ResourceSample::figures).toList();
  }

  private static boolean executed(Statement statement) {
    try {
      return statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a connection beyond those that are there, for one statement. */
  private static boolean connected() {
    try (Connection connection = connect("knowledge-service");
        Statement statement = connection.createStatement()) {
      return statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
