package com.soundcore.kcp.cli;

import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.config.BackendOptions;
import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.config.TrendOptions;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.embedded.BackendCommandLine;
import com.soundcore.kcp.embedded.EmbeddedBackend;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.lifecycle.ConsoleEncoding;
import com.soundcore.kcp.lifecycle.Exit;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.preflight.Cleanup;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.preflight.ProductionGuard;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.report.Trend;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.session.Tokens;
import io.gatling.app.Gatling;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The {@code kcp} command: everything around a load test. It accepts the same -D properties as a
 * run.
 */
@Command(
    name = "kcp",
    mixinStandardHelpOptions = true,
    subcommands = {
      InitCommand.class,
      SeedCommand.class,
      KeyStoreCommand.class,
      ConductCommand.class,
      KubernetesCommand.class,
      CompareCommand.class,
      StatusCommand.class,
      NotifyCommand.class,
      ClassPathCommand.class
    },
    description = "Everything around a load test: run, check, judge, merge, compare.")
public final class Kcp {
  private static final int INVALID = Status.INVALID.exitCode();
  private static final int FAIL = Status.FAIL.exitCode();

  public static void main(String[] args) {
    ConsoleEncoding.ensure();
    System.exit(commandLine().execute(withoutProperties(args)));
  }

  /** Returns the command. Its refusals are printed as sentences. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new Kcp());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          if (failure instanceof ConfigException
              || failure instanceof LogException
              || failure instanceof Refusal) {
            System.out.println("INVALID: " + failure.getMessage());
            return INVALID;
          }
          if (failure instanceof UncheckedIOException files) {
            System.out.println("INVALID: " + Exit.words(files));
            return INVALID;
          }
          System.out.println("INVALID: " + Exit.words(failure));
          return INVALID;
        });
    return command;
  }

  /** Accepts -Dkey=value at any position, like Maven. */
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

  @Command(description = "Runs a test; exit code 0 PASS, 2 FAIL, 3 INVALID, 4 UNDECIDED.")
  int run(@Parameters(paramLabel = "<Test>", description = "such as Spike") String test) {
    KcpConfig config = ConfigLoader.load();
    String results = config.run().resultsFolder();
    if (results.isEmpty()) {
      throw new ConfigException(
          List.of(
              "kcp.results-folder (-D) was ''; must name a folder here: without a log there is no"
                  + " verdict"));
    }
    String[] arguments = {"-s", simulation(config, test), "-rf", results};
    try {
      // Ends this JVM, with the verdict's exit code.
      Gatling.main(arguments);
    } catch (Throwable crashed) {
      System.out.println("Gatling has crashed: " + crashed);
    }
    return INVALID;
  }

  /** Returns a client that signs in like a run. */
  private static Http signedIn(KcpConfig config, Tokens tokens) {
    Http http = Http.of(config, tokens::any);
    tokens.start(http.withoutToken());
    return http;
  }

  /**
   * Returns the class of a test by its name in any case. Gatling would answer an unknown name with
   * a stack trace.
   */
  static String simulation(KcpConfig config, String test) {
    if (!config.tests().containsKey(test.toLowerCase(Locale.ROOT))) {
      throw new Refusal(
          "There is no test '%s'; the tests are %s. Such as: %s"
              .formatted(
                  test,
                  config.tests().keySet().stream()
                      .map(Kcp::className)
                      .collect(Collectors.joining(", ")),
                  SuiteCommand.run("Spike", "")));
    }
    return isClass(test) ? test : className(test);
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name, false, Kcp.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError otherCase) {
      return false;
    }
  }

  private static String className(String test) {
    return test.substring(0, 1).toUpperCase(Locale.ROOT)
        + test.substring(1).toLowerCase(Locale.ROOT);
  }

  @Command(description = "Runs the embedded backend on its own until it is stopped.")
  int backend(
      @Option(
              names = "--bind",
              description =
                  "where it listens, such as 0.0.0.0 in a pod: without authentication whoever"
                      + " reaches it may call it (127.0.0.1)")
          String bind) {
    KcpConfig config = ConfigLoader.load();
    if (config.backend().store() == BackendOptions.Store.POSTGRES) {
      if (bind != null) {
        throw new Refusal(
            "--bind was '%s'; must not be given with kcp.backend.store=postgres, which is for this machine alone."
                .formatted(bind));
      }
      return onPostgres(config);
    }
    List<String> arguments = new ArrayList<>(BackendCommandLine.of(config));
    if (bind != null) {
      arguments.addAll(List.of("--bind", bind));
    }
    return new CommandLine(new BackendProgram()).execute(arguments.toArray(String[]::new));
  }

  private static int onPostgres(KcpConfig config) {
    try (EmbeddedBackend backend =
        EmbeddedBackend.start(config, Runtime.getRuntime().availableProcessors())) {
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

  /** Judges a run and prints the verdict. */
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
                  "minutes to wait for all of them to end; those still missing then count as"
                      + " missing")
          int awaitMinutes,
      @Option(names = "--into", required = true, description = "the folder of the merged run")
          Path into,
      @Option(names = "--may-miss", description = "how many injectors may be missing") int mayMiss,
      @Option(
              names = "--logs",
              description = "also write the logs as one, from which Gatling makes its own report")
          boolean logs) {
    List<Path> parts =
        under == null ? folders : Injectors.under(under, Duration.ofMinutes(awaitMinutes));
    RunFolder merged = Merge.merge(parts == null ? List.of() : parts, into, mayMiss, logs);
    int code = judgeAndPrint(merged);
    if (logs && ConfigLoader.load().run().gatlingReport().wanted(code == Status.PASS.exitCode())) {
      Merge.gatlingsReport(merged);
    }
    return code;
  }

  @Command(description = "Checks if the system is ready for a test; sends no load.")
  int preflight(@Parameters(paramLabel = "<test>", description = "such as spike") String test) {
    KcpConfig config = ConfigLoader.load();
    simulation(config, test);
    TestShape shape = config.tests().get(test.toLowerCase(Locale.ROOT));
    Tokens tokens = Tokens.of(config);
    ProductionGuard.check(
        config, shape, tokens.secret(), System.getProperties().stringPropertyNames());
    Http http = signedIn(config, tokens);
    Preflight.Found found = Preflight.of(config, http, config.workloadOf(shape));
    System.out.println(found.checks().size() + " checks passed");
    found.caveats().forEach(System.out::println);
    System.out.println(
        "next: " + SuiteCommand.run(className(test), "-Dkcp.env=" + config.environment().name()));
    return 0;
  }

  @Command(
      description =
          "Writes a page and files over many runs; exit code 2 if a figure has changed for the"
              + " worse.")
  int trend(@Parameters(paramLabel = "<folder>", description = "that holds the runs") Path folder) {
    TrendOptions options = ConfigLoader.load().trend();
    Trend.Result trend = Trend.write(folder, options);
    trend.files().forEach(System.out::println);
    trend.unreadable().forEach(System.out::println);
    trend.changes().forEach(System.out::println);
    return trend.worse() && options.fails() ? FAIL : 0;
  }

  @Command(description = "Deletes what a run has created, if the run itself did not.")
  int cleanup(
      @Parameters(paramLabel = "<run>", description = "the run's tag") String run,
      @Option(names = "--yes", description = "do not ask") boolean yes) {
    KcpConfig config = ConfigLoader.load();
    Tokens tokens = Tokens.of(config);
    ProductionGuard.checkCleanup(config, tokens.secret());
    Http http = signedIn(config, tokens);
    Cleanup cleanup = new Cleanup(config, http);
    Deletion.mustBeMeant(
        cleanup.count(run), "rows tagged " + run + " of " + config.environment().name(), yes);
    System.out.println(cleanup.deleteRowsOf(run));
    return 0;
  }
}
