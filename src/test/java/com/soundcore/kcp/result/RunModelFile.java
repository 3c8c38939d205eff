package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run reduced to what its verdict needs: how many calls of which operation took how many
 * milliseconds in each second, errors, users, and the files of facts and examples. Models of the
 * injectors of one run add up exactly: the verdict on their sum is the verdict on their merged
 * logs.
 */
public final class RunModelFile {
  private RunModelFile() {}

  /**
   * When a log's load began: when its first user set out.
   *
   * @return of one log or of several, in ms since the epoch
   * @throws LogException where one cannot be read
   */
  public static long startOf(List<Path> logs) {
    return LogStart.first(logs.stream().map(LogStart::of).toList());
  }

  /**
   * Reduces the log of a run.
   *
   * @param startedAtMs when the load of all injectors began, by this machine's clock; their seconds
   *     count from there
   * @param aheadMs how far the clock of all is ahead of this machine's
   * @param files of the run's {@code kcp} folder that go with it
   * @throws LogException where the log cannot be read
   */
  public static void write(
      RunFolder run, long startedAtMs, long aheadMs, List<String> files, Path into) {
    SecondCounts.Calls calls = new SecondCounts.Calls();
    written(
        into,
        out -> {
          RunSource source =
              LogReduction.read(run.log(), startedAtMs, calls, second -> out.second(second, calls));
          for (String file : files) {
            Path path = run.path().resolve("kcp").resolve(file);
            if (Files.isReadable(path)) {
              out.file(file, Files.readAllBytes(path));
            }
          }
          out.end(source.ahead(aheadMs));
        });
  }

  /**
   * Adds models of one run up. Their files are left out: what they say is not a sum.
   *
   * @return the arrivals of each
   * @throws LogException where one is not whole, or they are not of one run
   */
  public static List<Timeline> merge(List<Path> models, Path into) {
    SecondCounts.Calls calls = new SecondCounts.Calls();
    List<ModelInput> parts = new ArrayList<>();
    try {
      models.forEach(model -> parts.add(ModelInput.open(model, calls)));
      List<Timeline> arrivals = new ArrayList<>();
      written(
          into,
          out -> {
            arrivals.addAll(ModelInput.addUp(parts, second -> out.second(second, calls)));
            out.end(ModelInput.together(parts));
          });
      return arrivals;
    } finally {
      parts.forEach(ModelInput::close);
    }
  }

  /**
   * Reads a model to its end.
   *
   * @return the files that go with it
   * @throws LogException where it is not whole, or another version's
   */
  public static Map<String, byte[]> files(Path model) {
    SecondCounts.Calls calls = new SecondCounts.Calls();
    try (ModelInput input = ModelInput.open(model, calls)) {
      while (input.next() != null) {
        // only what follows is wanted
      }
      return input.files();
    }
  }

  static RunSource read(Path model, CountVisitor visitor) {
    SecondCounts.Calls calls = new SecondCounts.Calls();
    try (ModelInput input = ModelInput.open(model, calls)) {
      for (SecondCounts second = input.next(); second != null; second = input.next()) {
        second.show(calls, visitor);
      }
      return input.source();
    }
  }

  /** Writes a file. */
  private interface Writing {
    void to(ModelOutput out) throws IOException;
  }

  /** Whole or not at all. */
  private static void written(Path into, Writing writing) {
    Path draft = into.resolveSibling(into.getFileName() + ".draft");
    try {
      Files.createDirectories(draft.toAbsolutePath().getParent());
      try (ModelOutput out = new ModelOutput(draft)) {
        writing.to(out);
      }
      Files.move(draft, into, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
