package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.KcpConfig.GatlingReport;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.verdict.Verdict;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a run ends: PASS 0, FAIL 2, INVALID 3. Under Maven each but 0 is a build failure. */
public final class Exit {
  private static volatile Optional<Status> withoutGatling = Optional.empty();

  private Exit() {}

  /** Ends now: no verdict is possible. */
  public static void invalid(String why) {
    System.out.println("\nINVALID: " + why + "\n");
    System.exit(Status.INVALID.exitCode());
  }

  /**
   * Shows the verdict, and ends with it: after Gatling has written its report, or at the end of the
   * run where that is not wanted. The report takes a minute for three million requests: who waits
   * for the verdict has it now.
   */
  static void with(JudgedRun judged, Path folder, GatlingReport wanted) {
    Status status = judged.verdict().status();
    boolean gatlings =
        wanted == GatlingReport.ALWAYS
            || wanted == GatlingReport.WHEN_FAILED && status != Status.PASS;
    System.out.println("\n  judged    " + status + ", in " + page(folder));
    answer(judged).ifPresent(answer -> System.out.println("            " + answer));
    judged.summary().run().caveats().forEach(one -> System.out.println("            " + one));
    if (gatlings) {
      System.out.println("            final once Gatling has written its own report");
    } else {
      withoutGatling = Optional.of(status);
    }
    atTheEnd(() -> tell(judged, folder, gatlings));
  }

  /** Everything that belongs to the run is done: ends it here where nothing else is wanted. */
  static void now() {
    withoutGatling.ifPresent(status -> System.exit(status.exitCode()));
  }

  private static void atTheEnd(Runnable last) {
    Runtime.getRuntime().addShutdownHook(new Thread(last, "verdict"));
  }

  /** The same where the run's log could not be read. */
  static void invalidAfterGatling(String why) {
    atTheEnd(() -> haltInvalid(why));
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

  /** The verdict and all that belongs beside it, for a console. */
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
    Verdict verdict = judged.verdict();
    System.out.println("\n" + String.join("\n", lines(judged)));
    System.out.println("  verdict  " + page(folder));
    System.out.println(
        "  details  " + (gatlings ? folder.resolve("index.html").toUri() : later(folder)) + "\n");
    System.out.flush();
    // Gatling's assertions count the ramp, too: they are to be seen in its report, the verdict
    // decides.
    // But where its report is missing something went wrong that only its own exit code tells.
    if (gatlings
        && verdict.status() == Status.PASS
        && !Files.exists(folder.resolve("index.html"))) {
      System.out.println("  Gatling has written no report: the exit code is Gatling's own\n");
      return;
    }
    Runtime.getRuntime().halt(verdict.status().exitCode());
  }

  /** Says how Gatling's report can be had of a run that has none. */
  private static String later(Path folder) {
    return "Gatling's report was left out (kcp.gatling-report)"
        + SuiteCommand.gatlingsReport(folder.getFileName().toString())
            .map(command -> "; later: " + command)
            .orElse("");
  }
}
