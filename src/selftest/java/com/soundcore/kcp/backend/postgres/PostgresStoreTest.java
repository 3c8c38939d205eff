package com.soundcore.kcp.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.backend.Backend;
import com.soundcore.kcp.backend.BackendSettings;
import com.soundcore.kcp.backend.SampleData;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.http.LoadClock;
import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.knowledge.Filter;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem;
import com.soundcore.kcp.backend.knowledge.KnowledgeSummary;
import com.soundcore.kcp.backend.knowledge.Product;
import com.soundcore.kcp.backend.knowledge.ProductStore;
import com.soundcore.kcp.backend.support.SupportStore.Conversation;
import com.soundcore.kcp.backend.support.SupportStore.Ticket;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.monitoring.DatabaseWatch;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.testkit.PostgresBinaries;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows, the faults and the watch on a real PostgreSQL, started in this JVM. */
class PostgresStoreTest {
  private static final int MAX_CONNECTIONS = 40;
  private static final int FOR_ALL = 37;
  private static final long WHILE_MS = 800;
  private static final String OTHERS = "application_name = 'nightly-report'";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static PostgresServer server;
  private static Connection owner;

  @BeforeAll
  static void start() throws SQLException {
    Assumptions.assumeFalse(
        File.separatorChar == '\\', "nobody has tried to end an embedded PostgreSQL on Windows");
    Optional<Path> jar = PostgresBinaries.jar();
    Assumptions.assumeTrue(jar.isPresent(), PostgresBinaries.MISSING);
    server =
        new PostgresServer(
            0,
            MAX_CONNECTIONS,
            0,
            (system, machine) -> program(jar.orElseThrow(), system, machine));
    owner = server.connect("test");
    server.fill(
        database -> {
          SampleData data = new SampleData(7);
          KnowledgeRows knowledge = new KnowledgeRows(database);
          ProductRows products = new ProductRows(database);
          data.fill(8, 30, products::create, knowledge::createWithHistory);
          new SupportRows(database)
              .fill(
                  Collections.nCopies(6, new Conversation(0, "user", "topic", 3, "today")),
                  Collections.nCopies(5, new Ticket(0, "subject", "open", "low", "today")));
        });
  }

  private static InputStream program(Path jar, String system, String machine) throws IOException {
    String file =
        "postgres-%s-%s.txz"
            .formatted(
                system.toLowerCase(Locale.ROOT), machine.equals("aarch64") ? "arm_64" : "x86_64");
    return URI.create("jar:" + jar.toUri() + "!/" + file).toURL().openStream();
  }

  @AfterAll
  static void stop() throws SQLException {
    if (server != null) {
      owner.close();
      server.close();
    }
  }

  private static long number(String sql) {
    try (Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks again until it is so; fails after 30 s. */
  private static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("within 30 s").isBefore(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** A service's connection, as a call has it. */
  private static ServiceDatabase taken() {
    ServiceDatabase database = new ServiceDatabase(server.url(), "test", 1, Duration.ofSeconds(10));
    database.take();
    return database;
  }

  private static KnowledgeItem.Draft draft(String title, String language) {
    return new KnowledgeItem.Draft(
        title,
        "50% of it_works",
        "in short",
        "guide",
        "draft",
        null,
        List.of("a", "b"),
        language,
        "test",
        "me");
  }

  private static Filter filter(String language) {
    return new Filter(
        List.of("guide", "faq"),
        List.of(),
        List.of("b"),
        List.of("draft"),
        Optional.of(language),
        Optional.of(0.0));
  }

  @Test
  void aKnowledgeItemIsWrittenChangedReadFoundAndCounted() {
    try (ServiceDatabase database = taken()) {
      KnowledgeRows rows = new KnowledgeRows(database);
      KnowledgeItem created = rows.create(draft("Zebrafish", "xx"), NOW);
      KnowledgeItem changed = rows.update(created, draft("Quokka", "yy"));
      assertThat(changed.id()).isEqualTo(created.id());
      assertThat(rows.get(created.id()).draft()).isEqualTo(draft("Quokka", "yy"));
      assertThat(rows.page(filter("xx"), 0, 10).items()).isEmpty();
      assertThat(rows.page(filter("yy"), 0, 10).total()).isEqualTo(1);
      assertThat(rows.page(filter("yy"), 0, 10).items().get(0).id()).isEqualTo(created.id());
      assertThat(rows.page(filter("yy"), 1, 10).items()).isEmpty();
      assertThat(rows.search("uoKK", 5).matches().get(0).item().id()).isEqualTo(created.id());
      // What stands in LIKE for anything is a letter of a search.
      assertThat(rows.search("50%_of", 5).matches()).isEmpty();
      assertThat(rows.search("0% of it_w", 5).matches()).hasSize(1);
      KnowledgeSummary before = rows.summary();
      rows.viewed(changed);
      rows.viewed(changed);
      rows.liked(changed);
      KnowledgeSummary after = rows.summary();
      assertThat(after.views()).isEqualTo(before.views() + 2).isEqualTo(rows.viewsToday());
      assertThat(after.likes()).isEqualTo(before.likes() + 1);
      assertThat(after.byLanguage()).containsEntry("yy", 1);
      assertThat(after.items()).isEqualTo(31);
      assertThat(after.mostViewed()).hasSize(10);
      assertThatThrownBy(() -> rows.get(4711)).isInstanceOf(NotFound.class);
      database.giveBack();
    }
  }

  @Test
  void aProductIsWrittenChangedAndListedByItsCategory() {
    ProductStore.Draft draft =
        new ProductStore.Draft("T-1", "m", "s", "lamps", "Lamp", "text", 10.5, true);
    ProductStore.Draft old =
        new ProductStore.Draft("T-1", "m", "s", "lamps", "Lamp", "text", 9, false);
    try (ServiceDatabase database = taken()) {
      ProductRows rows = new ProductRows(database);
      Product created = rows.create(draft, NOW).value();
      assertThat(rows.get(created.id()).value().price()).isEqualTo(10.5);
      assertThat(rows.get(created.id()).value().createdAt()).isEqualTo(NOW.toString());
      assertThat(rows.update(created, old).value().isActive()).isFalse();
      assertThat(rows.page(Optional.of("lamps"), Optional.of(false), 0, 5).products())
          .extracting(row -> row.value().id())
          .containsExactly(created.id());
      assertThat(rows.page(Optional.of("lamps"), Optional.of(true), 0, 5).total()).isZero();
      assertThat(rows.page(Optional.empty(), Optional.empty(), 0, 5).total()).isEqualTo(9);
      assertThatThrownBy(() -> rows.get(4711)).isInstanceOf(NotFound.class);
      database.giveBack();
    }
  }

  @Test
  void conversationsAndTicketsAreListedFromTheNewestOn() {
    try (ServiceDatabase database = taken()) {
      SupportRows rows = new SupportRows(database);
      int id = rows.chat("somebody", "a question");
      assertThat(rows.chats()).isEqualTo(7);
      Conversation newest = rows.conversations(0, 3).get(0).value();
      assertThat(newest.id()).isEqualTo(id);
      assertThat(newest.user()).isEqualTo("somebody");
      assertThat(newest.topic()).isEqualTo("a question");
      assertThat(newest.messages()).isEqualTo(2);
      assertThat(rows.ticketCount()).isEqualTo(5);
      assertThat(rows.tickets(1, 2)).extracting(row -> row.value().id()).containsExactly(4, 3);
      database.giveBack();
    }
  }

  @Test
  void searchesAndUsersAreCounted() {
    try (ServiceDatabase database = taken()) {
      SearchRows searches = new SearchRows(database);
      searches.searched("bass", 4);
      searches.searched("bass", 1);
      searches.searched("app", 1);
      assertThat(searches.searches()).isEqualTo(3);
      assertThat(searches.averageResults()).isEqualTo(2.0);
      assertThat(searches.top(1)).containsExactly(new SearchRows.Query("bass", 2));
      UserRows users = new UserRows(database);
      int id = users.register("a@example.org");
      assertThat(users.register("a@example.org")).isEqualTo(id);
      users.loggedIn("a@example.org");
      users.loggedIn("b@example.org");
      users.loggedIn("b@example.org");
      assertThat(users.idOf("a@example.org")).isEqualTo(id);
      assertThat(users.total()).isEqualTo(2);
      assertThat(users.registered()).isEqualTo(1);
      assertThat(users.loggedInAtLeast(2)).isEqualTo(1);
      database.giveBack();
    }
  }

  @Test
  void aStatementThatFailsIsTakenBackAndTheConnectionServesTheNextCall() {
    try (ServiceDatabase database = taken()) {
      database.run("INSERT INTO search_logs (query, results) VALUES ('lost', 1)");
      assertThat(database.size()).isEqualTo(1);
      assertThat(database.inUse()).isEqualTo(1);
      assertThat(database.waiting()).isZero();
      assertThat(database.tryTake()).isFalse();
      assertThatThrownBy(() -> database.number("SELECT no_column FROM users"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no_column");
      assertThatThrownBy(() -> database.run("DELETE FROM no_table"))
          .hasMessageContaining("current transaction is aborted");
      database.giveBack();
      database.take();
      assertThat(database.number("SELECT count(*) FROM search_logs WHERE query = 'lost'")).isZero();
      database.giveBack();
    }
  }

  @Test
  void aPoolThatHasNoConnectionSaysWhy() {
    String url = server.url().replace("/postgres", "/nowhere");
    try (ServiceDatabase none = new ServiceDatabase(url, "test", 1, Duration.ofMillis(250))) {
      assertThatThrownBy(none::take)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("database \"nowhere\" does not exist");
    }
  }

  private static String answer(Backend backend, String service, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + backend.ports().get(service) + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void theServicesAnswerFromTheRows() throws Exception {
    BackendSettings settings =
        new BackendSettings(
            Map.of("knowledge", 0, "support", 0),
            7,
            0,
            0,
            0,
            0,
            9,
            3,
            Duration.ofSeconds(5),
            false,
            Optional.of(server.url()),
            false,
            List.of());
    try (Backend backend = Backend.start(settings)) {
      assertThat(answer(backend, "knowledge", "/api/v1/products/1")).contains("\"id\":1,");
      assertThat(answer(backend, "support", "/ready")).contains("\"database\":\"ok\"");
    }
  }

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
      Thread waiter = new Thread(PostgresStoreTest::updateTheSameRow);
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
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
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
