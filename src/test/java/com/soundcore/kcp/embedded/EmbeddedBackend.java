package com.soundcore.kcp.embedded;

import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.preflight.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The embedded backend, in JVMs of its own: one for all services, and one for each into which a
 * fault is planted, so that processor and memory are those of the faulty one alone. They end with
 * this JVM, however it ends: their standard input is a pipe from here.
 */
public final class EmbeddedBackend implements AutoCloseable {
  private final List<Process> processes = new ArrayList<>();
  private final List<CompletableFuture<String>> firstLines = new ArrayList<>();
  private final Duration readyWithin;
  private final long startedAtNanos = System.nanoTime();
  private boolean closed;

  private EmbeddedBackend(Duration readyWithin) {
    this.readyWithin = readyWithin;
  }

  /**
   * Starts it, and returns while it still starts: this JVM has its own to do meanwhile.
   *
   * @throws Refusal where no process can be started
   */
  public static EmbeddedBackend start(KcpConfig config) {
    EmbeddedBackend backend = new EmbeddedBackend(config.backend().readyWithin());
    Runtime.getRuntime().addShutdownHook(new Thread(backend::close));
    Set<String> sound = new TreeSet<>(config.environment().urls().keySet());
    Set<String> faulty = new TreeSet<>();
    config.backend().faults().forEach(fault -> faulty.add(fault.service()));
    sound.removeAll(faulty);
    if (!sound.isEmpty()) {
      backend.start(config, config.backend().jvmArgs(), sound);
    }
    for (String service : faulty) {
      backend.start(config, config.backend().faultyJvmArgs(), Set.of(service));
    }
    return backend;
  }

  /**
   * Returns when it answers.
   *
   * @throws Refusal where it does not, with what it said
   */
  public void awaitReady() {
    if (firstLines.isEmpty()) {
      throw new Refusal("The embedded backend was ended before it was ready.");
    }
    firstLines.forEach(this::awaitReady);
  }

  /** A JVM that is being ended starts no more. */
  private synchronized void start(KcpConfig config, List<String> jvmArgs, Set<String> services) {
    if (closed) {
      return;
    }
    Process process;
    try {
      process =
          new ProcessBuilder(command(config, jvmArgs, services))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new Refusal("The embedded backend could not be started: " + e.getMessage());
    }
    processes.add(process);
    CompletableFuture<String> firstLine = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, firstLine), "embedded-backend-output");
    reader.setDaemon(true);
    reader.start();
    firstLines.add(firstLine);
  }

  /** Tells it that the load starts: from here on its faults are timed. */
  public void loadStarts() {
    for (Process process : processes) {
      try {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      } catch (IOException e) {
        throw new Refusal("The embedded backend has ended before the load: " + e.getMessage());
      }
    }
  }

  /** Ends it, and returns when it has ended. */
  @Override
  public synchronized void close() {
    closed = true;
    processes.forEach(Process::destroyForcibly);
    for (Process process : processes) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static List<String> command(
      KcpConfig config, List<String> jvmArgs, Set<String> services) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArgs);
    command.addAll(List.of("-cp", ClassPath.ofTheSuite()));
    command.add(BackendProgram.class.getName());
    command.addAll(BackendCommandLine.of(config, services));
    command.add("--stop-with-input");
    return command;
  }

  private void awaitReady(CompletableFuture<String> firstLine) {
    String line;
    long left = readyWithin.toNanos() - (System.nanoTime() - startedAtNanos);
    try {
      line = firstLine.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      line = "it was not ready within " + readyWithin.toSeconds() + " s (kcp.backend.ready-within)";
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
  private static void read(Process process, CompletableFuture<String> firstLine) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        firstLine.complete(line);
      }
      firstLine.complete("it exited without output");
    } catch (IOException e) {
      firstLine.completeExceptionally(new UncheckedIOException(e));
    }
  }
}
