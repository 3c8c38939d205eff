package com.soundcore.kcp.embedded;

import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.run.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The embedded backend in separate JVMs: one for all healthy services, and one for each service
 * with a planted fault, so that such a fault affects only that service's CPU and memory. The JVMs
 * exit with this one, however it ends: their standard input is a pipe from here.
 */
public final class EmbeddedBackend implements AutoCloseable {
  /** The embedded database's monitoring role, without a password. */
  public static final String MONITORING_ROLE = "kcp_monitor";

  private static final String PORTS =
      """

      Its ports are in conf/environments/embedded.conf, that of its database in conf/kcp.conf (kcp.backend.postgres.port). If another run on this machine is using them, let it finish, or end that process.\
      """;

  // On 0.6 cores, the compilers used two thirds of them for a minute, at 1,000 req/s.
  private static final double WORTH_OPTIMIZING = 1.2;
  // 52 µs per answer instead of 34, at 10,000 req/s on two cores.
  private static final double COST_OF_QUICK_CODE = 1.5;

  private final List<BackendProcess> processes = new ArrayList<>();
  private final KcpConfig config;
  private final double cores;
  private final long startedAtNanos = System.nanoTime();
  private boolean closed;

  private EmbeddedBackend(KcpConfig config, double cores) {
    this.config = config;
    this.cores = cores;
  }

  /**
   * Starts the backend without waiting for it, so that this JVM can work in the meantime.
   *
   * @param cores shared with this process
   * @throws Refusal if no process can be started
   */
  public static EmbeddedBackend start(KcpConfig config, double cores) {
    EmbeddedBackend backend = new EmbeddedBackend(config, cores);
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
      start(BackendCommandLine.services(config, jvmArgs(), sound));
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

  /**
   * Restarts a service like a container runtime. The new process gets no load signal, so its faults
   * have no effect.
   */
  private void startAgain(String service, Fault fault) {
    LockSupport.parkNanos(fault.lasting().toNanos());
    start(BackendCommandLine.services(config, config.backend().faultyJvmArgs(), Set.of(service)));
  }

  /**
   * Returns the units of work that an answer costs.
   *
   * @param cores shared with this process
   */
  public static double workPerAnswer(KcpConfig config, double cores) {
    double work = config.generator().workPerAnswer();
    return cores < WORTH_OPTIMIZING ? work * COST_OF_QUICK_CODE : work;
  }

  /**
   * Returns the JVM's options. Code from the optimizing compiler makes an answer cost a third less,
   * but on a machine this small the compiler takes all cores for minutes.
   */
  private List<String> jvmArgs() {
    List<String> all = new ArrayList<>(config.backend().jvmArgs());
    if (cores < WORTH_OPTIMIZING) {
      all.add("-XX:TieredStopAtLevel=1");
    }
    return all;
  }

  /**
   * Waits until the backend answers.
   *
   * @throws Refusal if it does not, with its output
   */
  public void awaitReady() {
    if (processes.isEmpty()) {
      throw new Refusal("The embedded backend was ended before it was ready.");
    }
    awaitAll();
    if (config.backend().store() == BackendOptions.Store.POSTGRES) {
      // The services need the database from the start.
      startServices();
      awaitAll();
    }
  }

  private void awaitAll() {
    List.copyOf(processes).forEach(this::awaitReady);
  }

  /** Starts a process, unless this JVM is ending. */
  private synchronized Optional<BackendProcess> start(List<String> command) {
    if (closed) {
      return Optional.empty();
    }
    try {
      BackendProcess process = BackendProcess.start(new ProcessBuilder(command));
      processes.add(process);
      return Optional.of(process);
    } catch (IOException e) {
      throw new Refusal("The embedded backend could not be started: " + e.getMessage());
    }
  }

  /** Returns the running processes, including those of the database. */
  public synchronized List<ProcessHandle> running() {
    return processes.stream().flatMap(BackendProcess::running).toList();
  }

  /** Returns the database, if there is one. */
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

  /** Signals that the load starts. From now on faults are timed. */
  public void loadStarts() {
    for (BackendProcess process : processes) {
      try {
        process.loadStarts();
      } catch (IOException brokenPipe) {
        throw new Refusal(
            "The embedded backend exited before the load: %s\n%s"
                .formatted(process.exit(), startAlone()));
      }
    }
  }

  /** Ends the backend and waits until it has exited. */
  @Override
  public synchronized void close() {
    closed = true;
    processes.forEach(BackendProcess::end);
    for (BackendProcess process : processes) {
      try {
        process.awaitExit();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitReady(BackendProcess process) {
    Duration readyWithin = config.backend().readyWithin();
    long left = readyWithin.toNanos() - (System.nanoTime() - startedAtNanos);
    Optional<String> notReady;
    try {
      notReady = process.awaitReady(Duration.ofNanos(Math.max(0, left)));
    } catch (TimeoutException e) {
      notReady =
          Optional.of(
              "it was not ready within "
                  + readyWithin.toSeconds()
                  + " s (kcp.backend.ready-within)");
    } catch (InterruptedException e) {
      notReady = Optional.of("this run was interrupted");
    }
    if (notReady.isPresent()) {
      String hint = process.wasEndedBySignal() ? "" : PORTS;
      close();
      throw new Refusal(
          "The embedded backend did not start: %s\n%s%s"
              .formatted(notReady.get(), startAlone(), hint));
    }
  }

  private static String startAlone() {
    return "To start it on its own, type: " + SuiteCommand.kcp("backend");
  }
}
