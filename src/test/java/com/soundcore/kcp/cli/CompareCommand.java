package com.soundcore.kcp.cli;

import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.report.SeveralRuns;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.comparison.Comparer;
import com.soundcore.kcp.verdict.comparison.Comparison;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kcp compare}: compares a run with one to nine others. Several are shown as a table. */
@Command(
    name = "compare",
    description =
        "Compares a run with one to nine others; exit code 2 if it is worse than the first of them,"
            + " 3 if it cannot be compared with the first.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "<run>", description = "its folder")
  private Path run;

  @Parameters(
      index = "1..*",
      arity = "1..9",
      paramLabel = "<earlier>",
      description = "folders of earlier runs, the baseline first")
  private List<String> earlier;

  @Override
  public Integer call() {
    List<Comparison> all = new Comparer(ConfigLoader.load()).compare(new RunFolder(run), earlier);
    Comparison baseline = all.get(0);
    if (all.size() > 1) {
      SeveralRuns.of(all).lines().forEach(System.out::println);
    }
    baseline.sentences().forEach(System.out::println);
    all.stream().skip(1).map(Comparison::inOneSentence).forEach(System.out::println);
    if (all.size() > 1) {
      System.out.println(
          "as a page: "
              + SuiteCommand.kcp(
                  "report %s -Dkcp.baseline=%s".formatted(run, String.join(",", earlier))));
    }
    if (!baseline.tells()) {
      return Status.INVALID.exitCode();
    }
    return baseline.worse() ? Status.FAIL.exitCode() : Status.PASS.exitCode();
  }
}
