package com.soundcore.kcp.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.onboarding.EnvironmentFile;
import com.soundcore.kcp.onboarding.Seeder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The services in another language, sharing nothing with the suite: FastAPI on PostgreSQL, in
 * Python, with an empty database; for tests. Skips the test where there is no Python, or nothing
 * can be installed.
 */
public final class StandIn implements AutoCloseable {
  private static final Path SOURCE = Path.of("src", "selftest", "resources", "standin");
  private static final Path ENVIRONMENT = Path.of("target", "standin").toAbsolutePath();
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");
  private static final String DATABASE = "standin";
  private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final DatabaseProcess database;
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Path log;

  /** Starts them on free ports, with so many worker processes for each. */
  public StandIn(Path folder, int workers, Map<String, String> variables) {
    install();
    log = folder;
    database = new DatabaseProcess();
    try {
      String url = emptyDatabase();
      for (String service : SERVICES) {
        start(service, workers, url, variables);
      }
      ports.values().forEach(StandIn::awaitHealthy);
    } catch (IOException | SQLException e) {
      close();
      throw new IllegalStateException(e);
    } catch (RuntimeException | AssertionError e) {
      close();
      throw e;
    }
  }

  private static void install() {
    assumeTrue(run("python3", "--version"), "no Python on this machine");
    if (Files.exists(ENVIRONMENT.resolve("installed"))) {
      return;
    }
    assumeTrue(
        run("python3", "-m", "venv", ENVIRONMENT.toString())
            && run(
                program("pip"),
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "-r",
                SOURCE.resolve("requirements.txt").toString()),
        "Python has no venv or pip, or its packages cannot be had");
    try {
      Files.createFile(ENVIRONMENT.resolve("installed"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String program(String name) {
    return ENVIRONMENT.resolve("bin").resolve(name).toString();
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A database of its own: the other one has the embedded backend's tables. */
  private String emptyDatabase() throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + DATABASE);
    }
    URI uri = URI.create(database.url().substring("jdbc:".length()));
    return "postgresql://postgres@%s:%d/%s".formatted(uri.getHost(), uri.getPort(), DATABASE);
  }

  private void start(String service, int workers, String url, Map<String, String> variables)
      throws IOException {
    int port = SuiteProcess.freePort();
    List<String> command = new ArrayList<>(List.of(program("uvicorn"), "services:app"));
    command.addAll(List.of("--host=127.0.0.1", "--port=" + port, "--workers=" + workers));
    command.addAll(List.of("--timeout-keep-alive=5", "--no-access-log", "--log-level=warning"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(SOURCE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(new File(log.toFile(), service + ".log"));
    builder.environment().put("SERVICE", service);
    builder.environment().put("DATABASE_URL", url);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(variables);
    processes.put(service, builder.start());
    ports.put(service, port);
  }

  private static void awaitHealthy(int port) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build();
    long end = System.nanoTime() + READY_NANOS;
    while (System.nanoTime() < end) {
      try {
        if (http.send(request, BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // it starts
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    throw new AssertionError("not healthy: port " + port);
  }

  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  /** "kcp.environment.urls.…" of each. */
  public Map<String, String> urls() {
    Map<String, String> urls = new LinkedHashMap<>();
    ports.forEach(
        (service, port) -> urls.put("kcp.environment.urls." + service, "http://127.0.0.1:" + port));
    return urls;
  }

  /** The JDBC URL of its database, without a user. */
  public String databaseUrl() {
    return database.url().replaceFirst("/[^/]*$", "/" + DATABASE);
  }

  /** Fills its empty database as {@code kcp seed} does; what that says. */
  public String fill() {
    Map<String, URI> urls = new LinkedHashMap<>();
    ports.forEach((name, port) -> urls.put(name, URI.create("http://127.0.0.1:" + port)));
    String file =
        new EnvironmentFile("mine", "A test.", false, urls, Optional.empty()).text()
            + "\nkcp.sample-rows { calls-per-second = 1000, items = 1200 }";
    KcpConfig config = ConfigLoader.withEnvironment("mine", file);
    Http http = new Http(Duration.ofSeconds(30), Optional.empty());
    return new Seeder(config, http, line -> {}).fill();
  }

  @Override
  public void close() {
    for (Process process : processes.values()) {
      List<ProcessHandle> workers = process.descendants().toList();
      process.destroyForcibly();
      workers.forEach(ProcessHandle::destroyForcibly);
      process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
      workers.forEach(worker -> worker.onExit().orTimeout(60, TimeUnit.SECONDS).join());
    }
    database.close();
  }
}
