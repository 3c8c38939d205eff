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
 * How a run ends: PASS 0, FAIL 2, INVALID 3, UNDECIDED 4. Under Maven each but 0 is a build
 * failure.
 */
public final class Exit {
  private static final String OURS = "com.soundcore.kcp.";
  private static final Queue<Runnable> LAST = new ConcurrentLinkedQueue<>();

  private static volatile Optional<Status> withoutGatling = Optional.empty();
  private static volatile boolean reported;

  private Exit() {}

  /** Ends now: no verdict is possible. */
  public static void invalid(String why) {
    reported = true;
    System.out.println("\nINVALID: " + why + "\n");
    System.exit(Status.INVALID.exitCode());
  }

  /** Ends by an error of its own; a verdict that was given stands. */
  public static void unexpected(Throwable what) {
    String sentence = sentence(what);
    if (reported) {
      System.out.println(sentence);
    } else {
      invalid(sentence);
    }
  }

  /** Ends at once: Gatling does not. */
  static void stuck(String why, Optional<RunFolder> folder) {
    reported = true;
    haltInvalid(why + measured(folder));
  }

  /**
   * Ends with Gatling: where it crashes its main thread ends, while others of its threads go on for
   * ever.
   */
  static void withGatling(Thread main) {
    Thread waiting =
        new Thread(
            () -> {
              try {
                main.join();
                // A process that gets no threads any more has no shutdown hook, either.
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
   * Shows the verdict, and ends with it: after Gatling has written its report, or at the end of the
   * run where that is not wanted. The report takes a minute for three million requests: who waits
   * for the verdict has it now.
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

  /** This injector's part is with the conductor, which judges. */
  static void delivered(Path folder) {
    System.out.println("\n  delivered to the conductor, which judges; the log is in " + folder);
    withoutGatling = Optional.of(Status.PASS);
    reported = true;
  }

  /** Everything that belongs to the run is done: ends it here where nothing else is wanted. */
  static void now() {
    withoutGatling.ifPresent(status -> System.exit(status.exitCode()));
  }

  /** Later callers block until the first has finished. */
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

  /** The same where the run's log is not there: there is nothing that Gatling could report. */
  static void invalidAtTheEnd(String why) {
    withoutGatling = Optional.of(Status.INVALID);
    atTheEnd(() -> haltInvalid(why));
    reported = true;
  }

  /** The same where the run could not be judged; Gatling's own report may still be of use. */
  static void notJudged(RuntimeException broken) {
    String why = "The run could not be judged: " + words(broken);
    if (broken instanceof LogException || broken instanceof UncheckedIOException) {
      invalidAtTheEnd(why);
    } else {
      atTheEnd(() -> haltInvalid(why));
      reported = true;
    }
  }

  /** What went wrong, for people. */
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
   * Says so where the run ends without any of them, such as by Ctrl-C; the exit code is that of
   * what ended it.
   *
   * @param folder of the run, once it is known
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

  /** The verdict with its caveats and files, for a console. */
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
    // Gatling's assertions count the ramp, too: they are to be seen in its report, the verdict
    // decides. But where its report is missing a PASS does not hide that.
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

  /** Says how Gatling's report can be had of a run that has none. */
  private static String later(Path folder) {
    return "Gatling's report was left out (kcp.gatling-report)"
        + SuiteCommand.gatlingsReport(folder.getFileName().toString())
            .map(command -> "; later: " + command)
            .orElse("");
  }
}
