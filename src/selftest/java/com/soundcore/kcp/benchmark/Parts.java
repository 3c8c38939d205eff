package com.soundcore.kcp.benchmark;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.live.calls.Recorder;
import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogMerge;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogVisitor;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.workload.LoadTime;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The parts on their own: reading a log, merging several, and telling the recorder. */
final class Parts {
  private Parts() {}

  static void measure(Config options) throws Exception {
    Path folder = Files.createTempDirectory("kcp-parts");
    try {
      List<Path> logs = new ArrayList<>();
      for (int i = 0; i < options.getInt("logs"); i++) {
        logs.add(written(folder.resolve(i + ".log"), options.getInt("log-requests"), i));
      }
      System.out.printf("%d logs of %,d MB%n", logs.size(), Files.size(logs.get(0)) / 1_000_000);
      inItsOwnJvm(options, folder);
      recorder(options);
    } finally {
      for (Path file : Files.list(folder).toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  /** A log as a run of the mix writes it: users, requests in groups, groups. */
  private static Path written(Path file, int requests, int injector) {
    LogHeader header = new LogHeader("Qps10k", 1_700_000_000_000L + injector, List.of("knowledge"));
    try (LogWriter log = new LogWriter(file, LogReader.VERSION, header)) {
      for (int i = 0; i < requests; i++) {
        int at = i / 3;
        log.user(0, true, at);
        log.request("service " + i % 5, "operation " + i % 20, at, at + i % 50, true, "");
        log.user(0, false, at + i % 50);
      }
    }
    return file;
  }

  private static void inItsOwnJvm(Config options, Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.getString("heap"),
                "-cp",
                ClassPath.ofTheSuite(),
                Parts.class.getName(),
                folder.toString(),
                options.getString("repeats"))
            .inheritIO()
            .start();
    System.out.printf("in a heap of %s:%n", options.getString("heap"));
    if (process.waitFor() != 0) {
      throw new IllegalStateException("reading and merging failed");
    }
  }

  /** Reads and merges the logs of a folder. */
  public static void main(String[] args) throws IOException {
    List<Path> logs;
    try (var files = Files.list(Path.of(args[0]))) {
      logs = files.sorted().toList();
    }
    Path merged = Path.of(args[0], "merged");
    long all = 0;
    for (Path log : logs) {
      all += Files.size(log);
    }
    long bytes = all;
    int repeats = Integer.parseInt(args[1]);
    tell("read", repeats, "MB/s", () -> read(logs.get(0)));
    tell(
        "merge",
        repeats,
        "MB/s",
        () -> {
          long begun = System.nanoTime();
          LogMerge.merge(logs, merged);
          return bytes / 1e6 / ((System.nanoTime() - begun) / 1e9);
        });
  }

  private static double read(Path log) throws IOException {
    long begun = System.nanoTime();
    long[] requests = new long[1];
    LogReader.read(
        log,
        reader ->
            new LogVisitor() {
              @Override
              public void request(int group, int name, int start, int end, boolean ok, int text) {
                requests[0]++;
              }
            });
    return Files.size(log) / 1e6 / ((System.nanoTime() - begun) / 1e9);
  }

  private static void recorder(Config options) throws IOException {
    KcpConfig config = ConfigLoader.load(new Properties());
    List<Operation> operations =
        config.services().stream().flatMap(s -> s.operations().values().stream()).toList();
    int answers = options.getInt("answers");
    int threads = options.getInt("threads");
    tell(
        "recorder",
        options.getInt("repeats"),
        "ns/request",
        () ->
            nanosPerRequest(
                new Recorder(operations, new LoadTime()), operations, threads, answers));
  }

  private static double nanosPerRequest(
      Recorder recorder, List<Operation> operations, int threads, int answers) {
    ExecutorService all = Executors.newFixedThreadPool(threads);
    Callable<Void> one =
        () -> {
          for (int i = 0; i < answers; i++) {
            Operation operation = operations.get(i % operations.size());
            recorder.sent(operation);
            recorder.answered(operation, i % 100, true, 3500, "");
          }
          return null;
        };
    long begun = System.nanoTime();
    try {
      for (Future<Void> ended : all.invokeAll(Collections.nCopies(threads, one))) {
        ended.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      all.shutdown();
    }
    return (double) (System.nanoTime() - begun) / answers;
  }

  private interface Figure {
    double measured() throws IOException;
  }

  private static void tell(String what, int repeats, String unit, Figure figure)
      throws IOException {
    double[] figures = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      figures[i] = figure.measured();
    }
    Arrays.sort(figures);
    System.out.printf(
        Locale.ROOT,
        "%-9s %.4g %s [%.4g, %.4g]%n",
        what,
        figures[repeats / 2],
        unit,
        figures[0],
        figures[repeats - 1]);
  }
}
