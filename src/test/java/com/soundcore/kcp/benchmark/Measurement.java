package com.soundcore.kcp.benchmark;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.result.ResourceSample;
import com.soundcore.kcp.target.Http;
import com.soundcore.kcp.target.ResourceWatch;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One contender's run, seen from outside: requests are counted by the backend, processor time by
 * the operating system.
 *
 * @param microsPerRequest processor time of its processes in the window, by requests
 * @param rate requests per second that the backend answered in the window
 * @param latency as it says itself
 * @param memory resident at the end of the window, in MiB
 * @param remark as it says itself
 */
record Measurement(
    double microsPerRequest, double rate, Contender.Latency latency, double memory, String remark) {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final long LIMIT_MINUTES = 10;
  private static final double BEGUN = 0.02;

  /** Runs a contender to its end. */
  static Measurement of(Contender contender, Config options, KcpConfig config, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Monitoring monitoring =
        new Monitoring(
            EVERY, config.monitoring().path(), config.monitoring().figures(), "", Map.of());
    Http http = new Http(config.preflight().callTimeout(), Optional.empty());
    long began = System.nanoTime();
    try (ResourceWatch backend =
        new ResourceWatch(monitoring, config.environment(), config.serviceNames(), http)) {
      Process process = contender.start(folder);
      try {
        awaitLoad(backend, options.getDouble("rate") * BEGUN, process);
        park(options.getDuration("ramp").plus(options.getDuration("settle")));
        Duration cpuBefore = cpu(process);
        double from = seconds(began);
        park(options.getDuration("window"));
        Duration used = cpu(process).minus(cpuBefore);
        double to = seconds(began);
        double memory = memory(process);
        process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        double rate = rate(backend, s -> s.second() > from && s.second() <= to);
        double micros = used.toNanos() / 1e3 / (rate * (to - from));
        return new Measurement(
            micros, rate, contender.latency(folder), memory, contender.remark(folder));
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private static void awaitLoad(ResourceWatch backend, double perSecond, Process process) {
    while (backend.latest().values().stream()
            .mapToDouble(figures -> figures.getOrDefault("requests", 0.0))
            .sum()
        < perSecond) {
      if (!process.isAlive()) {
        throw new IllegalStateException("it ended before it sent anything; see its output.txt");
      }
      park(Duration.ofMillis(100));
    }
  }

  /** The mean of what the backend counted each second, added up over its services. */
  private static double rate(ResourceWatch backend, Predicate<ResourceSample> window) {
    return backend.samples().stream()
        .filter(window)
        .filter(sample -> sample.figures().containsKey("requests"))
        .collect(
            java.util.stream.Collectors.groupingBy(
                ResourceSample::service,
                java.util.stream.Collectors.averagingDouble(s -> s.figures().get("requests"))))
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private static Stream<ProcessHandle> tree(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private static Duration cpu(Process process) {
    return tree(process)
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Of the largest of its processes; Maven beside it is not meant. */
  private static double memory(Process process) {
    return tree(process).mapToDouble(Measurement::residentMiB).max().orElse(Double.NaN);
  }

  private static double residentMiB(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void park(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
