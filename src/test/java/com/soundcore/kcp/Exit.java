package com.soundcore.kcp;

import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.verdict.Verdict;
import com.soundcore.kcp.verdict.Verdict.Status;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a run ends: PASS 0, FAIL 2, INVALID 3. Under Maven each but 0 is a build failure. */
final class Exit {
  private Exit() {}

  /** Ends now: no verdict is possible. */
  static void invalid(String why) {
    System.out.println("\nINVALID: " + why + "\n");
    System.exit(Status.INVALID.exitCode());
  }

  /**
   * Ends with the verdict, but only after Gatling has written its report. That takes a minute for
   * three million requests: who waits for the verdict has it now.
   */
  static void afterGatling(Verdict verdict, RunFacts facts, Path folder) {
    System.out.println("\n  judged    " + verdict.status() + ", in " + page(folder));
    facts.setup().caveats().forEach(caveat -> System.out.println("            " + caveat));
    System.out.println("            final when Gatling has written its own report");
    Thread last = new Thread(() -> tell(verdict, facts, folder), "verdict");
    Runtime.getRuntime().addShutdownHook(last);
  }

  /** The same where the run's log could not be read. */
  static void invalidAfterGatling(String why) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> haltInvalid(why), "verdict"));
  }

  private static void haltInvalid(String why) {
    System.out.println("\nINVALID\n  " + why + "\n");
    System.out.flush();
    Runtime.getRuntime().halt(Status.INVALID.exitCode());
  }

  private static URI page(Path folder) {
    return folder.resolve("kcp").resolve("report.html").toUri();
  }

  private static void tell(Verdict verdict, RunFacts facts, Path folder) {
    System.out.println("\n" + verdict.status());
    facts.setup().caveats().forEach(caveat -> System.out.println("  " + caveat));
    verdict.reasons().forEach(reason -> System.out.println("  " + reason));
    verdict
        .baseline()
        .ifPresent(
            comparison ->
                comparison.sentences().forEach(sentence -> System.out.println("  " + sentence)));
    System.out.println("  verdict  " + page(folder));
    System.out.println("  details  " + folder.resolve("index.html").toUri() + "\n");
    System.out.flush();
    // Gatling's assertions count the ramp, too: they are to be seen in its report, the verdict
    // decides.
    // But where its report is missing something went wrong that only its own exit code tells.
    if (verdict.status() == Status.PASS && !Files.exists(folder.resolve("index.html"))) {
      System.out.println("  Gatling has written no report: the exit code is Gatling's own\n");
      return;
    }
    Runtime.getRuntime().halt(verdict.status().exitCode());
  }
}
