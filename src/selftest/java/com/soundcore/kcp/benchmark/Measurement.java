package com.soundcore.kcp.benchmark;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.monitoring.ResourceWatch;
import com.soundcore.kcp.run.ResourceSample;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * @param slices of the window, one after the other
 * @param latency as it says itself
 * @param secondsToLoad from its start to its first calls
 * @param secondsToEnd from its last calls to its end, with all reports written
 * @param remark as it says itself
 */
record Measurement(
    List<Slice> slices,
    Contender.Latency latency,
    double secondsToLoad,
    double secondsToEnd,
    String remark) {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final long LIMIT_MINUTES = 15;
  // Of the rate, all services together: more than a preflight asks within a second.
  private static final double BEGUN = 0.1;
  // Of the rate, a service alone: more than who watches it asks.
  private static final double CALLED = 0.01;

  /**
   * A slice of the window.
   *
   * @param seconds how long it was
   * @param requests that the backend answered
   * @param cpu processor time of the contender's processes
   * @param memory resident at its end, in MiB
   */
  record Slice(double seconds, double requests, Duration cpu, double memory) {
    double microsPerRequest() {
      return cpu.toNanos() / 1e3 / requests;
    }
  }

  /** What its processes had used, and what they held, some seconds after its start. */
  record Look(double second, Duration cpu, double memory) {}

  double microsPerRequest() {
    return slices.stream().mapToDouble(part -> part.cpu().toNanos()).sum() / 1e3 / requests();
  }

  /** Requests per second. */
  double rate() {
    return requests() / slices.stream().mapToDouble(Slice::seconds).sum();
  }

  /** Resident at the end of the window, in MiB. */
  double memory() {
    return slices.get(slices.size() - 1).memory();
  }

  private double requests() {
    return slices.stream().mapToDouble(Slice::requests).sum();
  }

  /** Runs a contender to its end. */
  static Measurement of(Contender contender, Config options, KcpConfig config, Path folder)
      throws IOException, InterruptedException {
    return of(contender, options, config, folder, () -> {});
  }

  /**
   * The same.
   *
   * @param begun done when its load has begun
   */
  static Measurement of(
      Contender contender, Config options, KcpConfig config, Path folder, Runnable begun)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Monitoring monitoring =
        new Monitoring(
            EVERY,
            config.monitoring().path(),
            config.monitoring().figures(),
            "",
            Map.of(),
            Map.of(),
            Monitoring.Database.NONE,
            false);
    Http http = new Http(config.preflight().callTimeout(), Optional.empty());
    long began = System.nanoTime();
    try (ResourceWatch backend =
        new ResourceWatch(monitoring, config.environment(), config.serviceNames(), http)) {
      Process process = contender.start(folder);
      try {
        awaitLoad(backend, options.getDouble("rate") * BEGUN, process);
        begun.run();
        double alreadyRamping = options.getDuration("ramp").toMillis() / 1e3 * BEGUN;
        double toLoad = seconds(began) - alreadyRamping;
        park(left(options, alreadyRamping));
        List<Look> looks = looks(options, process, began);
        if (!process.isAlive()) {
          throw new IllegalStateException("it ended within the window; see its output.txt");
        }
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
          throw new IllegalStateException("it did not end within %d min".formatted(LIMIT_MINUTES));
        }
        double ended = seconds(began);
        return new Measurement(
            slices(looks, backend.samples()),
            contender.latency(folder),
            toLoad,
            ended - lastCalls(backend.samples(), options.getDouble("rate") * CALLED),
            contender.remark(folder));
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  /** One at the begin of the window, and one at the end of each of its slices. */
  private static List<Look> looks(Config options, Process process, long began) {
    Duration window = options.getDuration("window");
    long slices = Math.max(1, window.dividedBy(options.getDuration("slice")));
    Duration each = window.dividedBy(slices);
    List<Look> looks = new ArrayList<>();
    looks.add(new Look(seconds(began), cpu(process), memory(process)));
    for (long i = 0; i < slices; i++) {
      park(each);
      looks.add(new Look(seconds(began), cpu(process), memory(process)));
    }
    return looks;
  }

  static List<Slice> slices(List<Look> looks, List<ResourceSample> samples) {
    List<Slice> slices = new ArrayList<>();
    for (int i = 1; i < looks.size(); i++) {
      Look from = looks.get(i - 1);
      Look to = looks.get(i);
      double seconds = to.second() - from.second();
      double rate = rate(samples, s -> s.second() > from.second() && s.second() <= to.second());
      slices.add(new Slice(seconds, rate * seconds, to.cpu().minus(from.cpu()), to.memory()));
    }
    return slices;
  }

  /** When the backend was last called by more than its own watch. */
  static double lastCalls(List<ResourceSample> samples, double perSecond) {
    return samples.stream()
        .filter(sample -> sample.figures().getOrDefault("requests", 0.0) > perSecond)
        .mapToDouble(ResourceSample::second)
        .max()
        .orElse(Double.NaN);
  }

  /** From now to the window. */
  private static Duration left(Config options, double alreadyRamping) {
    Duration whole = options.getDuration("ramp").plus(options.getDuration("settle"));
    return whole.minusMillis((long) (alreadyRamping * 1000));
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
  private static double rate(List<ResourceSample> samples, Predicate<ResourceSample> within) {
    return samples.stream()
        .filter(within)
        .filter(sample -> sample.figures().containsKey("requests"))
        .collect(groupingBy(ResourceSample::service, averagingDouble(Measurement::requestsPerSec)))
        .values()
        .stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private static double requestsPerSec(ResourceSample sample) {
    return sample.figures().get("requests");
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
