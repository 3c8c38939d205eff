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
 * Private PostgreSQL server from a Maven artifact, without installation. It is bound to 127.0.0.1.
 * Its data are in a temporary folder that is removed when it stops. Its programs stay there for the
 * next start.
 */
public final class PostgresServer implements AutoCloseable {
  /** The role of the services. */
  static final String SERVICE_ROLE = "kcp";

  private static final String OWNER = "postgres";
  private static final String SCHEMA = "backend/schema.sql";

  // The default of superuser_reserved_connections.
  private static final int RESERVED = 3;

  private final EmbeddedPostgres server;
  private final int connectionsForAll;

  /**
   * Starts the server with the schema and no rows.
   *
   * @param port 0 for any free one
   * @param maxConnections its limit
   * @param cores number of processors that it may use; 0 for all
   * @throws UncheckedIOException if it does not start
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

  /** Stops the server before its process ends. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the JDBC URL, without a user. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** Returns the number of connections for all roles but the owner. */
  int connectionsForAll() {
    return connectionsForAll;
  }

  /** Returns a connection of the owner, under its own application name. */
  Connection connect(String application) throws SQLException {
    return DriverManager.getConnection(url() + "?ApplicationName=" + application, OWNER, "");
  }

  /** Fills tables in one transaction, over a pool of one connection like those of the services. */
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
   * Ends the server with this process. PostgreSQL detaches itself from its parent process. A shell
   * therefore polls this process, then stops the server and removes its files, however this process
   * ends. The shell runs before the server starts, so that an interrupted start leaves nothing. It
   * detaches itself as well, so that it survives if all children of this process are killed.
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

  /** Limits the server to some processors. Each connection is a process that inherits the limit. */
  private static void limit(long process, int cores) throws IOException {
    if (cores > 0) {
      List<String> command =
          List.of("taskset", "-a", "-p", "-c", "0-" + (cores - 1), String.valueOf(process));
      new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
  }
}
