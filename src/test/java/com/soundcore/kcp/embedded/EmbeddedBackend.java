package com.soundcore.kcp.embedded;

import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.backend.DatabaseProgram;
import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.preflight.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The embedded backend, in JVMs of its own: one for all services, and one for each into which a
 * fault is planted, so that processor and memory are those of the faulty one alone. They end with
 * this JVM, however it ends: their standard input is a pipe from here.
 */
public final class EmbeddedBackend implements AutoCloseable {
  /** The role of the embedded database that may look, without a password. */
  public static final String MONITORING_ROLE = "kcp_monitor";

  // Lines of what a backend printed that did not start.
  private static final int SHOWN = 10;

  private final List<Process> processes = new ArrayList<>();
  private final List<CompletableFuture<String>> answers = new ArrayList<>();
  private final KcpConfig config;
  private final long startedAtNanos = System.nanoTime();
  private boolean closed;

  private EmbeddedBackend(KcpConfig config) {
    this.config = config;
  }

  /**
   * Starts it, and returns while it still starts: this JVM has its own to do meanwhile.
   *
   * @throws Refusal where no process can be started
   */
  public static EmbeddedBackend start(KcpConfig config) {
    EmbeddedBackend backend = new EmbeddedBackend(config);
    Runtime.getRuntime().addShutdownHook(new Thread(backend::close));
    if (config.backend().store() == BackendOptions.Store.POSTGRES) {
      backend.start(BackendCommandLine.database(config));
    } else {
      backend.startServices();
    }
    return backend;
  }

  private void startServices() {
    Set<String> sound = new TreeSet<>(config.environment().urls().keySet());
    Set<String> faulty = new TreeSet<>();
    config.backend().faults().stream()
        .filter(fault -> !fault.kind().ofTheDatabase())
        .forEach(fault -> faulty.add(fault.service()));
    sound.removeAll(faulty);
    if (!sound.isEmpty()) {
      start(BackendCommandLine.services(config, config.backend().jvmArgs(), sound));
    }
    for (String service : faulty) {
      startFaulty(service);
    }
  }

  private void startFaulty(String service) {
    List<String> options = new ArrayList<>(config.backend().faultyJvmArgs());
    Optional<Fault> dies =
        config.backend().faults().stream()
            .filter(fault -> fault.service().equals(service))
            .filter(fault -> fault.kind() == Fault.Kind.OUT_OF_MEMORY)
            .findFirst();
    if (dies.isPresent()) {
      options.add("-XX:+ExitOnOutOfMemoryError");
    }
    start(BackendCommandLine.services(config, options, Set.of(service)))
        .ifPresent(
            process ->
                dies.ifPresent(
                    fault -> process.onExit().thenRun(() -> startAgain(service, fault))));
  }

  /** As whoever watches over a container does; the new one is sound, and hears of no load. */
  private void startAgain(String service, Fault fault) {
    LockSupport.parkNanos(fault.lasting().toNanos());
    start(BackendCommandLine.services(config, config.backend().faultyJvmArgs(), Set.of(service)));
  }

  /**
   * Returns when it answers.
   *
   * @throws Refusal where it does not, with what it said
   */
  public void awaitReady() {
    if (answers.isEmpty()) {
      throw new Refusal("The embedded backend was ended before it was ready.");
    }
    awaitAll();
    if (config.backend().store() == BackendOptions.Store.POSTGRES) {
      // The services need the database from their first moment on.
      answers.clear();
      startServices();
      awaitAll();
    }
  }

  private void awaitAll() {
    answers.forEach(this::awaitReady);
  }

  /** A JVM that is being ended starts no more. */
  private synchronized Optional<Process> start(List<String> command) {
    if (closed) {
      return Optional.empty();
    }
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new Refusal("The embedded backend could not be started: " + e.getMessage());
    }
    processes.add(process);
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, answer), "embedded-backend-output");
    reader.setDaemon(true);
    reader.start();
    answers.add(answer);
    return Optional.of(process);
  }

  /** Its processes that run, those of its database among them. */
  public synchronized List<ProcessHandle> running() {
    return processes.stream()
        .filter(Process::isAlive)
        .flatMap(process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()))
        .toList();
  }

  /** Its database, where it has one. */
  public Optional<Monitoring.Database> database() {
    if (config.backend().store() != BackendOptions.Store.POSTGRES) {
      return Optional.empty();
    }
    Monitoring.Database asked = config.monitoring().database();
    return Optional.of(
        new Monitoring.Database(
            BackendCommandLine.databaseUrl(config),
            asked.services(),
            config.backend().postgres().cores() > 0
                ? config.backend().postgres().cores()
                : Runtime.getRuntime().availableProcessors(),
            pools(),
            asked.sessionsEvery(),
            asked.timeout()));
  }

  private Map<String, Integer> pools() {
    int each = config.backend().poolSize() + config.backend().poolOverflow();
    return config.environment().urls().keySet().stream()
        .collect(Collectors.toMap(service -> service, service -> each));
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

  private void awaitReady(CompletableFuture<String> answer) {
    String line;
    Duration readyWithin = config.backend().readyWithin();
    long left = readyWithin.toNanos() - (System.nanoTime() - startedAtNanos);
    try {
      line = answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      line = "it was not ready within " + readyWithin.toSeconds() + " s (kcp.backend.ready-within)";
    } catch (InterruptedException | ExecutionException e) {
      line = String.valueOf(e.getMessage());
    }
    if (!isReady(line)) {
      close();
      throw new Refusal(
          """
          The embedded backend did not start: %s
          Its ports are in conf/environments/embedded.conf, that of its database in conf/kcp.conf (kcp.backend.postgres.port). If another run on this machine is using them, let it finish, or end that process.\
          """
              .formatted(line));
    }
  }

  /**
   * Reads to the end: a full pipe would stop the backend. What its JVM prints before it is ready
   * (options in the environment can make it do so) is no answer.
   */
  private static void read(Process process, CompletableFuture<String> answer) {
    List<String> before = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (isReady(line)) {
          answer.complete(line);
        } else if (!answer.isDone()) {
          before.add(line);
        }
      }
      answer.complete(
          before.isEmpty()
              ? "it exited without output"
              : String.join(
                  "\n", before.subList(Math.max(0, before.size() - SHOWN), before.size())));
    } catch (IOException e) {
      answer.completeExceptionally(new UncheckedIOException(e));
    }
  }

  private static boolean isReady(String line) {
    return line.startsWith(BackendProgram.READY) || line.startsWith(DatabaseProgram.READY);
  }
}
