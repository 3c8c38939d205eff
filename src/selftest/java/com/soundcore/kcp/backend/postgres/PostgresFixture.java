package com.soundcore.kcp.backend.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.backend.SampleData;
import com.soundcore.kcp.backend.support.SupportStore.Conversation;
import com.soundcore.kcp.backend.support.SupportStore.Ticket;
import com.soundcore.kcp.testkit.PostgresBinaries;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** Tests on a real PostgreSQL, which is started in this JVM: one for each class. */
abstract class PostgresFixture {
  static final int FOR_ALL = 37;

  private static final int MAX_CONNECTIONS = 40;

  static PostgresServer server;
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
      server = null;
    }
  }

  static long number(String sql) {
    try (Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks again until it is so; fails after 30 s. */
  static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("within 30 s").isBefore(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** A service's connection, as a call has it. */
  static ServiceDatabase taken() {
    ServiceDatabase database = new ServiceDatabase(server.url(), "test", 1, Duration.ofSeconds(10));
    database.take();
    return database;
  }
}
