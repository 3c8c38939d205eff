package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.KcpConfig.GatlingReport;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.PlainText;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.Verdict;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The end of a run, with exit code PASS 0, FAIL 2, INVALID 3 or UNDECIDED 4. Under Maven, every
 * code but 0 is a build failure.
 */
public final class Exit {
  private static final String OURS = "com.soundcore.kcp.";
  private static final Queue<Runnable> LAST = new ConcurrentLinkedQueue<>();

  private static volatile Optional<Status> withoutGatling = Optional.empty();
  private static volatile boolean reported;

  private Exit() {}

  /** Prints INVALID with this reason and exits, because no verdict is possible. */
  public static void invalid(String why) {
    reported = true;
    System.out.println("\nINVALID: " + why + "\n");
    System.exit(Status.INVALID.exitCode());
  }

  /** Exits because of an unexpected error. A verdict that was already reported remains valid. */
  public static void unexpected(Throwable what) {
    String sentence = sentence(what);
    if (reported) {
      System.out.println(sentence);
    } else {
      invalid(sentence);
    }
  }

  /** Halts the process at once, because Gatling does not end. */
  static void stuck(String why, Optional<RunFolder> folder) {
    reported = true;
    haltInvalid(why + measured(folder));
  }

  /**
   * Exits when Gatling's main thread ends. If Gatling crashes, its main thread ends but its other
   * threads run forever.
   */
  static void withGatling(Thread main) {
    Thread waiting =
        new Thread(
            () -> {
              try {
                main.join();
                // A process that can no longer create threads runs no shutdown hooks, so the last
                // steps run here.
                LAST.forEach(Runnable::run);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                System.exit(Status.INVALID.exitCode());
              }
            },
            "gatlings-end");
    waiting.setDaemon(true);
    waiting.start();
  }

  /**
   * Prints the verdict now, and exits with it at the end. With Gatling's report, the end comes
   * after Gatling has written it: that takes about a minute for three million requests. Without
   * that report, the end is {@link #now()}.
   */
  static void with(JudgedRun judged, Path folder, GatlingReport wanted) {
    Status status = judged.verdict().status();
    boolean gatlings = wanted.wanted(status == Status.PASS);
    System.out.println("\n  judged    " + status + ", in " + page(folder));
    answer(judged).ifPresent(answer -> System.out.println("            " + answer));
    judged.summary().run().caveats().forEach(one -> System.out.println("            " + one));
    if (gatlings) {
      System.out.println("            final once Gatling has written its own report");
    } else {
      withoutGatling = Optional.of(status);
    }
    atTheEnd(() -> tell(judged, folder, gatlings));
    reported = true;
  }

  /** Records that the conductor has this injector's part and will judge it. */
  static void delivered(Path folder) {
    System.out.println("\n  delivered to the conductor, which judges; the log is in " + folder);
    withoutGatling = Optional.of(Status.PASS);
    reported = true;
  }

  /** Exits unless Gatling still has to write its report. The caller has finished all other work. */
  static void now() {
    withoutGatling.ifPresent(status -> System.exit(status.exitCode()));
  }

  /** A task that runs once. Later callers block until the first has finished. */
  private static final class Once implements Runnable {
    private final Runnable what;
    private boolean done;

    Once(Runnable what) {
      this.what = what;
    }

    @Override
    public synchronized void run() {
      if (!done) {
        done = true;
        what.run();
      }
    }
  }

  private static void atTheEnd(Runnable last) {
    Runnable once = new Once(last);
    LAST.add(once);
    Runtime.getRuntime().addShutdownHook(new Thread(once, "verdict"));
  }

  /** Ends with INVALID because the run has no usable log. Gatling could not report on it either. */
  static void invalidAtTheEnd(String why) {
    withoutGatling = Optional.of(Status.INVALID);
    atTheEnd(() -> haltInvalid(why));
    reported = true;
  }

  /**
   * Ends with INVALID because judging failed. Gatling's own report is still written if the log is
   * readable.
   */
  static void notJudged(RuntimeException broken) {
    String why = "The run could not be judged: " + words(broken);
    if (broken instanceof LogException || broken instanceof UncheckedIOException) {
      invalidAtTheEnd(why);
    } else {
      atTheEnd(() -> haltInvalid(why));
      reported = true;
    }
  }

  /** Returns the error as a sentence for users. */
  public static String words(Exception broken) {
    if (broken instanceof LogException) {
      return broken.getMessage();
    }
    return broken instanceof UncheckedIOException io
        ? io.getCause().getClass().getSimpleName() + ": " + io.getCause().getMessage()
        : sentence(broken);
  }

  private static String sentence(Throwable what) {
    String where =
        Stream.of(what.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith(OURS))
            .findFirst()
            .map(frame -> " (at " + frame + ")")
            .orElse("");
    return "Unexpected error: " + PlainText.of(what.toString()) + where;
  }

  /**
   * Prints INVALID if the process exits before a verdict, for example by Ctrl-C. The exit code is
   * left to the cause.
   *
   * @param folder returns the run's folder; empty until it is known
   */
  static void unlessReported(Supplier<Optional<RunFolder>> folder) {
    atTheEnd(
        () -> {
          if (!reported) {
            System.out.println(
                "\nINVALID: the run was ended before its verdict" + measured(folder.get()) + "\n");
          }
        });
  }

  private static String measured(Optional<RunFolder> folder) {
    return folder
        .map(run -> "; what it has measured: " + SuiteCommand.kcp("report " + run.path()))
        .orElse("");
  }

  private static void haltInvalid(String why) {
    System.out.println("\nINVALID\n  " + why + "\n");
    System.out.flush();
    Runtime.getRuntime().halt(Status.INVALID.exitCode());
  }

  private static URI page(Path folder) {
    return folder.resolve("kcp").resolve("report.html").toUri();
  }

  private static Optional<String> answer(JudgedRun judged) {
    return Optional.ofNullable(judged.summary().verdict().answer()).map(text -> "It " + text);
  }

  /** Returns the verdict with its caveats and findings, as lines for a console. */
  public static List<String> lines(JudgedRun judged) {
    Verdict verdict = judged.verdict();
    List<String> lines = new ArrayList<>();
    lines.add(verdict.status().name());
    answer(judged).ifPresent(answer -> lines.add("  " + answer));
    judged.summary().run().caveats().forEach(caveat -> lines.add("  " + caveat));
    verdict.reasons().forEach(reason -> lines.add("  " + reason));
    for (Finding finding : judged.findings().findings()) {
      lines.add("  finding  " + finding.sentence());
      finding.evidence().forEach(evidence -> lines.add("           " + evidence));
    }
    judged.findings().problem().ifPresent(problem -> lines.add("  " + problem));
    verdict
        .baseline()
        .ifPresent(comparison -> comparison.sentences().forEach(text -> lines.add("  " + text)));
    verdict.comparisons().stream()
        .skip(1)
        .forEach(other -> lines.add("  " + other.inOneSentence()));
    return lines;
  }

  private static void tell(JudgedRun judged, Path folder, boolean gatlings) {
    Status status = judged.verdict().status();
    // Gatling's assertions also count the ramp. They are visible in its report, but the verdict
    // decides. Only if Gatling's report is missing does a PASS keep Gatling's exit code.
    boolean missing =
        gatlings && status == Status.PASS && !Files.exists(folder.resolve("index.html"));
    try {
      System.out.println("\n" + String.join("\n", lines(judged)));
      System.out.println("  verdict  " + page(folder));
      System.out.println(
          "  details  " + (gatlings ? folder.resolve("index.html").toUri() : later(folder)) + "\n");
      if (missing) {
        System.out.println(
            "  Gatling has written no report; the exit code is not this verdict's\n");
      }
      System.out.flush();
    } finally {
      if (!missing) {
        Runtime.getRuntime().halt(status.exitCode());
      }
    }
  }

  private static String later(Path folder) {
    return "Gatling's report was left out (kcp.gatling-report)"
        + SuiteCommand.gatlingsReport(folder.getFileName().toString())
            .map(command -> "; later: " + command)
            .orElse("");
  }
}
