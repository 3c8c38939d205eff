package com.soundcore.kcp.backend.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A PostgreSQL of its own, from a Maven artifact: nothing to install. Bound to 127.0.0.1; its data
 * stand in the temporary folder, and go with it; its programs stay there for the next time.
 */
public final class PostgresServer implements AutoCloseable {
  /** As which the services log in. */
  static final String SERVICE_ROLE = "kcp";

  private static final String OWNER = "postgres";
  private static final String SCHEMA = "backend/schema.sql";

  // superuser_reserved_connections, by default.
  private static final int RESERVED = 3;

  private final EmbeddedPostgres server;
  private final int connectionsForAll;

  /**
   * Starts it with the schema and no rows.
   *
   * @param port 0 for any free one
   * @param maxConnections its limit
   * @param cores the processors that it may use; 0 for all
   * @throws UncheckedIOException where it does not start
   */
  public PostgresServer(int port, int maxConnections, int cores) {
    this(port, maxConnections, cores, DefaultPostgresBinaryResolver.INSTANCE);
  }

  PostgresServer(int port, int maxConnections, int cores, PgBinaryResolver binaries) {
    connectionsForAll = maxConnections - RESERVED;
    try {
      Path data = Files.createTempDirectory("kcp-postgres");
      endsWithThisProcess(data);
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setPgBinaryResolver(binaries)
              .setDataDirectory(data.resolve("data"))
              .setCleanDataDirectory(true)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("max_connections", String.valueOf(maxConnections))
              .setServerConfig("shared_preload_libraries", "pg_stat_statements")
              .setServerConfig("track_io_timing", "on");
      server = (port == 0 ? builder : builder.setPort(port)).start();
      limit(pid(data.resolve("data")), cores);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(schema());
  }

  /** Stops it before its process ends. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JDBC URL, without a user. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** Connections that those may have who are not its owner. */
  int connectionsForAll() {
    return connectionsForAll;
  }

  /** A connection that may do everything, under a name of its own. */
  Connection connect(String application) throws SQLException {
    return DriverManager.getConnection(url() + "?ApplicationName=" + application, OWNER, "");
  }

  /** Fills tables in one transaction, over a pool of one connection as the services have it. */
  public void fill(Consumer<ServiceDatabase> rows) {
    try (ServiceDatabase database =
        new ServiceDatabase(url(), "setup", 1, Duration.ofSeconds(10))) {
      database.take();
      rows.accept(database);
      database.giveBack();
    }
    run("ANALYZE");
  }

  private void run(String sql) {
    try (Connection connection = connect("setup");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static String schema() {
    try (InputStream file = PostgresServer.class.getClassLoader().getResourceAsStream(SCHEMA)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long pid(Path data) throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
  }

  /**
   * PostgreSQL detaches itself from whoever started it. A shell that looks whether this process is
   * still there ends it and removes its files, however this process ends. It looks from before the
   * start on, so that nothing is left of a start that was cut short; and it detaches itself, too,
   * so that whoever kills all children of this process does not kill it.
   */
  private static void endsWithThisProcess(Path files) throws IOException {
    if (File.separatorChar == '\\') {
      return;
    }
    String script =
        """
        trap '' INT HUP TERM
        (
          while kill -0 "$1" 2> /dev/null && ! grep -q '^State:.Z' "/proc/$1/status" 2> /dev/null; do
            sleep 0.2
          done
          for attempt in 1 2 3 4 5; do
            process=$(head -n 1 "$0/data/postmaster.pid" 2> /dev/null)
            if [ -n "$process" ]; then
              kill -INT "$process" 2> /dev/null
              while kill -0 "$process" 2> /dev/null; do sleep 0.1; done
            fi
            rm -rf "$0"
            sleep 1
            [ -e "$0" ] || exit 0
          done
        ) &
        """;
    String mine = String.valueOf(ProcessHandle.current().pid());
    new ProcessBuilder("sh", "-c", script, files.toString(), mine)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** What is started later inherits it: each connection is a process of its own. */
  private static void limit(long process, int cores) throws IOException {
    if (cores > 0) {
      List<String> command =
          List.of("taskset", "-a", "-p", "-c", "0-" + (cores - 1), String.valueOf(process));
      new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
  }
}
