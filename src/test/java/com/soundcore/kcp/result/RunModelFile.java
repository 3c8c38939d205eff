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
 * A run reduced to the data that its verdict needs: counts of calls by second, operation and
 * response time in ms, errors, users, and the files of metadata and examples. Models of the
 * injectors of one run add up exactly: their sum and the merged logs have the same verdict.
 */
public final class RunModelFile {
  private RunModelFile() {}

  /**
   * Returns the start of the load: the start of its first user.
   *
   * @param logs one or several logs of a run
   * @return ms since the epoch
   * @throws LogException if a log cannot be read
   */
  public static long startOf(List<Path> logs) {
    return LogStart.first(logs.stream().map(LogStart::of).toList());
  }

  /**
   * Reduces the log of a run.
   *
   * @param startedAtMs start of the load of all injectors in ms since the epoch, by this machine's
   *     clock; seconds count from there
   * @param aheadMs ms by which the common clock is ahead of this machine's
   * @param files files of the run's {@code kcp} folder to include
   * @throws LogException if the log cannot be read
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
   * Adds up the models of one run. Their files are left out, because their contents do not add up.
   *
   * @return the arrivals of each model
   * @throws LogException if a model is incomplete, or if they are not of one run
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
   * @return the files in the model
   * @throws LogException if the model is incomplete or of another version
   */
  public static Map<String, byte[]> files(Path model) {
    SecondCounts.Calls calls = new SecondCounts.Calls();
    try (ModelInput input = ModelInput.open(model, calls)) {
      while (input.next() != null) {
        // the files follow the seconds
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

  /** Writes the content of a model. */
  private interface Writing {
    void to(ModelOutput out) throws IOException;
  }

  /** Writes a model completely or not at all. */
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
