package com.soundcore.kcp.benchmark;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.embedded.EmbeddedBackend;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Who tells the truth about a stall? The target stands still once while calls keep arriving; what
 * their 99th percentile must be is arithmetic, since the arrivals are known. A tool that sends
 * nothing while it waits, or that counts from when it could send, sees less (coordinated omission).
 *
 * @param options of {@code benchmark.stall}
 */
record Stall(Config options) {
  private static final double NINETY_NINE = 0.99;

  private Duration lasting() {
    return options.getDuration("lasting");
  }

  /**
   * The exact 99th percentile, in ms, of calls that arrive evenly in so many seconds, if all are
   * answered at once but for one stall: those that arrive in it wait for what is left of it.
   */
  static double exactMillis(double seconds, double stallSeconds) {
    return Math.max(0, stallSeconds - (1 - NINETY_NINE) * seconds) * 1000;
  }

  /** One contender, and what it says. */
  void measure(Contender contender, KcpConfig config, Path own) throws InterruptedException {
    try (EmbeddedBackend backend =
        EmbeddedBackend.start(config, Runtime.getRuntime().availableProcessors())) {
      backend.awaitReady();
      List<ProcessHandle> target = ProcessHandle.current().children().toList();
      Duration settled = options.getDuration("ramp").plus(options.getDuration("settle"));
      AtomicReference<CompletableFuture<Double>> lasted = new AtomicReference<>();
      Duration after = settled.plus(options.getDuration("window").dividedBy(3));
      Runnable stall = () -> lasted.set(stall(target, after));
      Measurement one = Measurement.of(contender, options, config, own, stall);
      double exact = exactMillis(contender.latencySeconds(options), lasted.get().join());
      double said = one.latency().p99();
      System.out.printf(
          Locale.ROOT,
          "%-9s p99 %,.0f ms, exact %,.0f ms: %+.1f %%   p50 %.3g ms   %.4g req/s   %s%n",
          contender.name(),
          said,
          exact,
          100 * (said / exact - 1),
          one.latency().p50(),
          one.rate(),
          one.remark());
    } catch (IOException | RuntimeException broken) {
      System.out.printf(
          "%-9s gave no figures: %s (%s)%n", contender.name(), broken.getMessage(), own);
    }
  }

  /** From when the load has begun; how many seconds it was in the end. */
  private CompletableFuture<Double> stall(List<ProcessHandle> target, Duration after) {
    Executor then = CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> standstill(target), then);
  }

  private double standstill(List<ProcessHandle> target) {
    signal(target, "STOP");
    long began = System.nanoTime();
    long end = began + lasting().toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    signal(target, "CONT");
    return (System.nanoTime() - began) / 1e9;
  }

  private static void signal(List<ProcessHandle> target, String signal) {
    for (ProcessHandle process : target) {
      if (!Commands.succeeds("kill", "-" + signal, String.valueOf(process.pid()))) {
        throw new IllegalStateException("the target could not be sent " + signal);
      }
    }
  }
}
