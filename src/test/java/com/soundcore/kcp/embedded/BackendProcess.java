package com.soundcore.kcp.embedded;

import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.backend.DatabaseProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A JVM of the embedded backend. */
final class BackendProcess {
  private static final int LINES_KEPT = 10;
  private static final Duration EXIT_LIMIT = Duration.ofSeconds(5);

  // Shells and the JDK report a process killed by a signal as 128 plus the signal's number.
  private static final int SIGNALLED = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(1, "SIGHUP", 2, "SIGINT", 6, "SIGABRT", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

  private final Process process;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private final Thread reader;

  private BackendProcess(Process process) {
    this.process = process;
    reader = new Thread(this::read, "embedded-backend-output");
    reader.setDaemon(true);
    reader.start();
  }

  static BackendProcess start(ProcessBuilder command) throws IOException {
    return new BackendProcess(
        ChildEnvironment.only(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * Waits until the process is ready.
   *
   * @return why it is not ready, in words; empty if it is
   * @throws TimeoutException if it is neither ready nor has exited within the limit
   */
  Optional<String> awaitReady(Duration limit) throws TimeoutException, InterruptedException {
    try {
      boolean isReady = ready.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return isReady ? Optional.empty() : Optional.of(exit());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signals to the process that the load starts. */
  void loadStarts() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Returns the last lines of its output and its exit code or signal, in words. */
  String exit() {
    String how = how();
    synchronized (lastLines) {
      return lastLines.isEmpty()
          ? "it %s and wrote nothing to standard output.".formatted(how)
          : "%s\nIt %s.".formatted(String.join("\n", lastLines), how);
    }
  }

  private String how() {
    try {
      if (!process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return "closed its input and output";
      }
      reader.join(EXIT_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "was interrupted";
    }
    int code = process.exitValue();
    String signal = SIGNALS.get(code - SIGNALLED);
    return signal == null
        ? "exited with code " + code
        : "was ended by signal %d (%s)".formatted(code - SIGNALLED, signal);
  }

  /** Returns the process and its descendants that are running. */
  Stream<ProcessHandle> running() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .filter(ProcessHandle::isAlive);
  }

  boolean wasEndedBySignal() {
    return !process.isAlive() && SIGNALS.containsKey(process.exitValue() - SIGNALLED);
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  void end() {
    process.destroyForcibly();
  }

  void awaitExit() throws InterruptedException {
    process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Reads the output to its end, since a full pipe would block the backend. Its JVM may print other
   * lines before it is ready, for example because of options in the environment.
   */
  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        keep(line);
        if (isReady(line)) {
          ready.complete(true);
        }
      }
    } catch (IOException closed) {
      // The JDK closes the pipe of a process that it ends.
    }
    ready.complete(false);
  }

  private void keep(String line) {
    synchronized (lastLines) {
      if (lastLines.size() == LINES_KEPT) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }

  private static boolean isReady(String line) {
    return line.startsWith(BackendProgram.READY) || line.startsWith(DatabaseProgram.READY);
  }
}
