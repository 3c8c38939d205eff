package com.soundcore.kcp.cli;

import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.result.LogMerge;
import com.soundcore.kcp.result.LogMetadata;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.MetadataMerge;
import com.soundcore.kcp.result.RunModelFile;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Answered.Example;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.GeneratorHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Makes one run's folder of those of several injectors; Gatling's own report of it is apart. */
public final class Merge {
  private static final int MOST_EXAMPLES = 100;
  private static final Duration REPORT_LIMIT = Duration.ofMinutes(30);

  private Merge() {}

  /**
   * Adds the runs of several injectors up.
   *
   * @param mayMiss how many injectors may be missing
   * @param withLog whether the logs, too, are written as one, for Gatling's own report
   */
  public static RunFolder merge(List<Path> folders, Path into, int mayMiss, boolean withLog) {
    if (new RunFolder(into).hasResults()) {
      throw new LogException(into + " holds a run already; merge into a folder of its own.");
    }
    if (folders.isEmpty()) {
      throw new LogException("There is no run to be merged; name folders, or one above them.");
    }
    List<RunFolder> parts = folders.stream().filter(Merge::hasBegun).map(RunFolder::new).toList();
    if (parts.isEmpty()) {
      throw new LogException("None of these runs has measured anything: " + folders);
    }
    List<RunMetadata> facts = parts.stream().map(LogMetadata::of).toList();
    RunFolder merged = new RunFolder(into);
    // Refuses what is not of one run before anything is merged.
    merged.write(MetadataMerge.merge(facts, mayMiss));
    List<ResourceSample> resources = new ArrayList<>();
    // Each injector asked the same system: one of them says it all. What each received is a part
    // of the whole, and of no use alone.
    parts.get(0).resources().stream()
        .filter(sample -> !sample.figures().containsKey("received"))
        .forEach(resources::add);
    merged.write(resources);
    merged.writeDatabase(parts.get(0).database());
    // What one of them kept is enough to look at, and its seconds are those of the others.
    merged.writeExamples(
        Example.inOrder(parts.stream().flatMap(part -> part.examples().stream()).toList()).stream()
            .limit(MOST_EXAMPLES)
            .toList());
    List<Timeline> arrivals = models(parts, merged);
    if (withLog) {
      List<Path> logs = parts.stream().map(RunFolder::log).toList();
      LogMerge.merge(logs, merged.log());
      if (logs.stream().allMatch(LogSeal::isThere)) {
        LogSeal.write(merged);
      }
    }
    merged.write(MetadataMerge.merge(withLag(facts, arrivals), mayMiss));
    return merged;
  }

  /** Models that the injectors made themselves have one start; logs are reduced from theirs. */
  private static List<Timeline> models(List<RunFolder> parts, RunFolder merged) {
    if (parts.stream().allMatch(part -> Files.isReadable(part.model()))) {
      return RunModelFile.merge(parts.stream().map(RunFolder::model).toList(), merged.model());
    }
    long start = RunModelFile.startOf(parts.stream().map(RunFolder::log).toList());
    List<Path> models = new ArrayList<>();
    try {
      for (int i = 0; i < parts.size(); i++) {
        models.add(merged.file("part-" + i + ".model"));
      }
      IntStream.range(0, parts.size())
          .parallel()
          .forEach(i -> RunModelFile.write(parts.get(i), start, List.of(), models.get(i)));
      return RunModelFile.merge(models, merged.model());
    } finally {
      models.forEach(Merge::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that has measured nothing is as good as missing, and the others are not lost with it. */
  private static boolean hasBegun(Path folder) {
    RunFolder run = new RunFolder(folder);
    Path log = run.log();
    if (!Files.exists(log) && run.hasResults()) {
      return true;
    }
    boolean begun = LogReader.hasBegun(log);
    if (!begun) {
      System.out.println(log + " is empty: its injector was stopped before it wrote anything");
    }
    return begun;
  }

  /** One that was late among others that were not would be lost in their mean. */
  private static List<RunMetadata> withLag(List<RunMetadata> facts, List<Timeline> arrivals) {
    List<RunMetadata> parts = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      RunMetadata part = facts.get(i);
      parts.add(part.withLag(GeneratorHealth.lagMs(part, arrivals.get(i))));
    }
    return parts;
  }

  /** Gatling's own, in a JVM of its own: Gatling ends the one that it runs in. */
  static void gatlingsReport(RunFolder merged) {
    Path folder = merged.path().toAbsolutePath().normalize();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            ClassPath.ofTheSuite(),
            "io.gatling.app.Gatling",
            "-ro",
            folder.getFileName().toString(),
            "-rf",
            folder.getParent().toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("kcp").resolve("gatling-report.txt").toFile())
              .start();
      if (!process.waitFor(REPORT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        System.out.printf(
            "Gatling's own report took longer than %d minutes and was ended; the verdict does not"
                + " need it.%n",
            REPORT_LIMIT.toMinutes());
        return;
      }
      if (!Files.exists(folder.resolve("index.html"))) {
        System.out.println(
            "Gatling wrote no report of its own; the reason is in "
                + folder.resolve("kcp").resolve("gatling-report.txt"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
