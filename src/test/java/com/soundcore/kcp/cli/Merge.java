package com.soundcore.kcp.cli;

import com.soundcore.kcp.embedded.ChildEnvironment;
import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.lifecycle.Exit;
import com.soundcore.kcp.result.LogMerge;
import com.soundcore.kcp.result.LogMetadata;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.MetadataMerge;
import com.soundcore.kcp.result.RunModelFile;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Answered.Example;
import com.soundcore.kcp.run.LogException;
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
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Merge of several injectors' runs into the folder of one run. Gatling's own report on it is
 * separate.
 */
public final class Merge {
  private static final int MOST_EXAMPLES = 100;
  private static final Duration REPORT_LIMIT = Duration.ofMinutes(30);

  private Merge() {}

  /**
   * Merges the runs of several injectors.
   *
   * @param mayMiss number of injectors that may be missing
   * @param withLog whether to merge the logs as well, for Gatling's own report
   */
  public static RunFolder merge(List<Path> folders, Path into, int mayMiss, boolean withLog) {
    if (new RunFolder(into).hasResults()) {
      throw new LogException(into + " holds a run already; merge into a folder of its own.");
    }
    if (folders.isEmpty()) {
      throw new LogException("There is no run to be merged; name folders, or one above them.");
    }
    List<RunFolder> readable =
        folders.stream().map(RunFolder::new).filter(Merge::isReadable).toList();
    mustBeSome(readable, folders);
    // Refuses runs that do not belong together before anything is merged.
    MetadataMerge.merge(facts(readable), mayMiss);
    RunFolder merged = new RunFolder(into);
    Added added = models(readable, merged);
    List<RunFolder> parts = added.parts();
    // All injectors polled the same system, so the metrics of one are enough. The bytes that each
    // injector received are only a part of the whole, and therefore left out.
    merged.write(
        firstReadable(parts, RunFolder::resources).stream()
            .filter(sample -> !sample.figures().containsKey("received"))
            .toList());
    merged.writeDatabase(firstReadable(parts, RunFolder::database));
    // The examples of all injectors share the seconds of the load.
    merged.writeExamples(
        Example.inOrder(
                parts.stream().flatMap(part -> orNone(part, RunFolder::examples).stream()).toList())
            .stream()
            .limit(MOST_EXAMPLES)
            .toList());
    merged.write(MetadataMerge.merge(withLag(facts(parts), added.arrivals()), mayMiss));
    List<Path> logs = parts.stream().map(RunFolder::log).toList();
    if (withLog) {
      LogMerge.merge(logs, merged.log());
    }
    // A model records which of its logs had a checksum.
    if (!withLog || logs.stream().allMatch(LogSeal::isThere)) {
      LogSeal.write(merged);
    }
    return merged;
  }

  private static void mustBeSome(List<RunFolder> parts, List<Path> folders) {
    if (parts.isEmpty()) {
      throw new LogException("None of these runs has measured anything: " + folders);
    }
  }

  private static List<RunMetadata> facts(List<RunFolder> parts) {
    return parts.stream().map(LogMetadata::of).toList();
  }

  /** The merged runs, with the arrivals of each. */
  private record Added(List<RunFolder> parts, List<Timeline> arrivals) {}

  /**
   * Merges the models. Models from the injectors themselves have a common start; logs are reduced
   * relative to their earliest start. A run that cannot be read is left out, and the others are
   * merged without it.
   */
  private static Added models(List<RunFolder> parts, RunFolder merged) {
    if (parts.stream().allMatch(part -> Files.isReadable(part.model()))) {
      List<RunFolder> whole =
          parts.stream()
              .filter(part -> works(part, () -> RunModelFile.files(part.model())))
              .toList();
      mustBeSome(whole, parts.stream().map(RunFolder::path).toList());
      List<Path> models = whole.stream().map(RunFolder::model).toList();
      return new Added(whole, RunModelFile.merge(models, merged.model()));
    }
    long start = RunModelFile.startOf(parts.stream().map(RunFolder::log).toList());
    List<Path> models =
        IntStream.range(0, parts.size())
            .mapToObj(i -> merged.file("part-" + i + ".model"))
            .toList();
    try {
      List<RunFolder> whole =
          IntStream.range(0, parts.size())
              .parallel()
              .filter(i -> works(parts.get(i), () -> reduce(parts.get(i), start, models.get(i))))
              .mapToObj(parts::get)
              .toList();
      mustBeSome(whole, parts.stream().map(RunFolder::path).toList());
      // Without this run, the load of the others may have another start.
      return whole.size() < parts.size()
          ? models(whole, merged)
          : new Added(parts, RunModelFile.merge(models, merged.model()));
    } finally {
      models.forEach(Merge::delete);
    }
  }

  private static void reduce(RunFolder part, long start, Path model) {
    RunModelFile.write(part, start, 0, List.of(), model);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns whether a run can be read. An unreadable run counts as missing; the others are still
   * merged.
   */
  private static boolean isReadable(RunFolder part) {
    return works(
        part,
        () -> {
          if (Files.exists(part.log()) || !part.hasResults()) {
            if (!LogReader.hasBegun(part.log())) {
              throw new LogException("its log is empty: it was stopped before it wrote anything");
            }
            RunModelFile.startOf(List.of(part.log()));
          }
          LogMetadata.of(part);
        });
  }

  private static boolean works(RunFolder part, Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (LogException | UncheckedIOException unreadable) {
      System.out.printf(
          "left out, counts as missing: %s: %s%n", part.path(), Exit.words(unreadable));
      return false;
    }
  }

  /** Returns the data of the first injector that has some. Names files that cannot be read. */
  private static <T> List<T> firstReadable(
      List<RunFolder> parts, Function<RunFolder, List<T>> file) {
    return parts.stream()
        .map(part -> orNone(part, file))
        .filter(some -> !some.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static <T> List<T> orNone(RunFolder part, Function<RunFolder, List<T>> file) {
    try {
      return file.apply(part);
    } catch (LogException unreadable) {
      System.out.println("left out: " + unreadable.getMessage());
      return List.of();
    }
  }

  /** Records the lag of each injector. The lag of one would be lost in the mean of all. */
  private static List<RunMetadata> withLag(List<RunMetadata> facts, List<Timeline> arrivals) {
    List<RunMetadata> parts = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      RunMetadata part = facts.get(i);
      parts.add(part.withLag(GeneratorHealth.lagMs(part, arrivals.get(i))));
    }
    return parts;
  }

  /** Writes Gatling's own report in a separate JVM, since Gatling ends the JVM in which it runs. */
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
          ChildEnvironment.only(new ProcessBuilder(command))
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
