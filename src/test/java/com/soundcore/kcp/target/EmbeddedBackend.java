package com.soundcore.kcp.target;

import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.config.KcpConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The embedded backend, in a JVM of its own. It ends with this one, however this one ends: its
 * standard input is a pipe from here.
 */
public final class EmbeddedBackend implements AutoCloseable {
  private final Process process;

  private EmbeddedBackend(Process process) {
    this.process = process;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @throws Refusal where it does not, with what it said
   */
  public static EmbeddedBackend start(KcpConfig config) {
    Process process;
    try {
      process =
          new ProcessBuilder(command(config))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new Refusal("The embedded backend could not be started: " + e.getMessage());
    }
    EmbeddedBackend backend = new EmbeddedBackend(process);
    Runtime.getRuntime().addShutdownHook(new Thread(backend::close));
    backend.awaitReady(config.backend().readyWithin());
    return backend;
  }

  /** Tells it that the load starts: from here on its faults are timed. */
  public void loadStarts() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new Refusal("The embedded backend has ended before the load: " + e.getMessage());
    }
  }

  /** Whether its process still runs. */
  public boolean isRunning() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it, and returns when it has ended. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> command(KcpConfig config) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(config.backend().jvmArgs());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BackendProgram.class.getName());
    command.addAll(BackendCommandLine.of(config));
    command.add("--stop-with-input");
    return command;
  }

  private void awaitReady(Duration limit) {
    CompletableFuture<String> firstLine = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(firstLine), "embedded-backend-output");
    reader.setDaemon(true);
    reader.start();
    String line;
    try {
      line = firstLine.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      line = "it was not ready within " + limit.toSeconds() + " s (kcp.backend.ready-within)";
    } catch (InterruptedException | ExecutionException e) {
      line = String.valueOf(e.getMessage());
    }
    if (!line.startsWith(BackendProgram.READY)) {
      close();
      throw new Refusal(
          """
          The embedded backend did not start: %s
          Its ports are those of conf/environments; another run on this machine may be using them."""
              .formatted(line));
    }
  }

  /** Reads to the end: a full pipe would stop the backend. */
  private void read(CompletableFuture<String> firstLine) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        firstLine.complete(line);
      }
      firstLine.complete("it ended without a word");
    } catch (IOException e) {
      firstLine.completeExceptionally(new UncheckedIOException(e));
    }
  }
}
