package com.soundcore.kcp.cli;

import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.embedded.BackendCommandLine;
import com.soundcore.kcp.embedded.EmbeddedBackend;
import com.soundcore.kcp.lifecycle.Exit;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.preflight.Cleanup;
import com.soundcore.kcp.preflight.Http;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.preflight.ProductionGuard;
import com.soundcore.kcp.preflight.Refusal;
import com.soundcore.kcp.preflight.Token;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.report.Trend;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.comparison.Comparer;
import com.soundcore.kcp.verdict.comparison.Comparison;
import io.gatling.app.Gatling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code kcp backend, report, compare, trend} and {@code cleanup}; -D properties count as they do
 * for a run.
 */
@Command(
    name = "kcp",
    mixinStandardHelpOptions = true,
    description = "Everything around a load test: run, check, judge, merge, compare.")
public final class Kcp {
  private static final int INVALID = Status.INVALID.exitCode();
  private static final int FAIL = Status.FAIL.exitCode();

  public static void main(String[] args) {
    CommandLine command = new CommandLine(new Kcp());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          if (failure instanceof ConfigException
              || failure instanceof LogException
              || failure instanceof Refusal) {
            System.out.println("INVALID: " + failure.getMessage());
            return INVALID;
          }
          throw failure;
        });
    System.exit(command.execute(withoutProperties(args)));
  }

  /** -Dkey=value counts wherever it stands, as it does for Maven. */
  private static String[] withoutProperties(String[] args) {
    List<String> others = new ArrayList<>();
    for (String arg : args) {
      if (arg.startsWith("-D") && arg.contains("=")) {
        System.setProperty(arg.substring(2, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
      } else {
        others.add(arg);
      }
    }
    return others.toArray(String[]::new);
  }

  @Command(description = "Runs a test; exit code 0 PASS, 2 FAIL, 3 INVALID.")
  int run(@Parameters(paramLabel = "<Test>", description = "such as Spike") String test) {
    String results = ConfigLoader.load().run().resultsFolder();
    if (results.isEmpty()) {
      throw new ConfigException(
          List.of(
              "kcp.results-folder (-D) was ''; must name a folder here: without a log there is no verdict"));
    }
    // Ends this JVM, with the verdict's exit code.
    Gatling.main(new String[] {"-s", test, "-rf", results});
    return 0;
  }

  @Command(description = "Runs the embedded backend on its own until it is stopped.")
  int backend() {
    KcpConfig config = ConfigLoader.load();
    if (config.backend().store() == BackendOptions.Store.POSTGRES) {
      return onPostgres(config);
    }
    String[] arguments = BackendCommandLine.of(config).toArray(String[]::new);
    return new CommandLine(new BackendProgram()).execute(arguments);
  }

  private static int onPostgres(KcpConfig config) {
    try (EmbeddedBackend backend = EmbeddedBackend.start(config)) {
      backend.awaitReady();
      backend.loadStarts();
      System.out.println(BackendProgram.READY + ", its rows are in PostgreSQL; Ctrl-C ends both");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  @Command(description = "Judges a run again from its folder alone, and rewrites its reports.")
  int report(@Parameters(paramLabel = "<folder>", description = "of the run") Path folder) {
    return judgeAndPrint(new RunFolder(folder));
  }

  /** Judges a run, and says so. */
  private static int judgeAndPrint(RunFolder run) {
    JudgedRun judged = RunJudge.judgeAndWrite(run, ConfigLoader.load());
    Exit.lines(judged).forEach(System.out::println);
    return judged.verdict().status().exitCode();
  }

  @Command(description = "Merges the runs of several injectors into one, judges and reports it.")
  int merge(
      @Parameters(paramLabel = "<folder>", arity = "0..*", description = "of each injector's run")
          List<Path> folders,
      @Option(names = "--under", description = "or all runs below this folder") Path under,
      @Option(
              names = "--await",
              description =
                  "minutes to wait for all of them to end; those still missing then count as missing")
          int awaitMinutes,
      @Option(names = "--into", required = true, description = "the folder of the merged run")
          Path into,
      @Option(names = "--may-miss", description = "how many injectors may be missing")
          int mayMiss) {
    List<Path> parts =
        under == null ? folders : Injectors.under(under, Duration.ofMinutes(awaitMinutes));
    return judgeAndPrint(Merge.merge(parts == null ? List.of() : parts, into, mayMiss));
  }

  @Command(description = "Checks if the system is ready for a test; sends no load.")
  int preflight(@Parameters(paramLabel = "<test>", description = "such as spike") String test) {
    KcpConfig config = ConfigLoader.load();
    TestShape shape = config.tests().get(test.toLowerCase(Locale.ROOT));
    if (shape == null) {
      System.out.println("INVALID: no test '" + test + "'; there are " + config.tests().keySet());
      return INVALID;
    }
    Optional<String> token = Token.fromEnvironment();
    ProductionGuard.check(config, shape, token);
    Http http = new Http(config.preflight().callTimeout(), token);
    System.out.println(
        Preflight.of(config, http, config.workloadOf(shape)).size() + " checks passed");
    return 0;
  }

  @Command(description = "Compares a run with an earlier one; exit code 2 if it is worse.")
  int compare(
      @Parameters(paramLabel = "<run>", description = "its folder") Path run,
      @Parameters(paramLabel = "<baseline>", description = "the earlier run's folder")
          String baseline) {
    Comparison comparison = new Comparer(ConfigLoader.load()).compare(new RunFolder(run), baseline);
    comparison.sentences().forEach(System.out::println);
    if (!comparison.tells()) {
      return INVALID;
    }
    return comparison.worse() ? FAIL : 0;
  }

  @Command(description = "Writes a page, and files for github-action-benchmark, over many runs.")
  int trend(@Parameters(paramLabel = "<folder>", description = "that holds the runs") Path folder) {
    Trend.write(folder).forEach(System.out::println);
    return 0;
  }

  @Command(description = "Deletes what a run has created, if the run itself did not.")
  int cleanup(@Parameters(paramLabel = "<run>", description = "the run's tag") String run) {
    KcpConfig config = ConfigLoader.load();
    Optional<String> token = Token.fromEnvironment();
    ProductionGuard.checkCleanup(config, token);
    Http http = new Http(config.preflight().callTimeout(), token);
    System.out.println(new Cleanup(config, http).deleteRowsOf(run));
    return 0;
  }
}
