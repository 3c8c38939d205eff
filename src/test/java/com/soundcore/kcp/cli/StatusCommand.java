package com.soundcore.kcp.cli;

import com.soundcore.kcp.run.Status;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kcp status}: prints a run's verdict for scripts, which then need not read JSON. */
@Command(
    name = "status",
    description =
        "Prints a run's verdict, with WORSE if it is worse than its baseline; the exit code is the"
            + " verdict's.")
final class StatusCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<folder>", description = "of the run")
  private Path folder;

  @Option(
      names = "--github",
      description = "before it, each reason as an annotation of GitHub's workflows")
  private boolean github;

  @Override
  public Integer call() {
    JudgedSummary run = JudgedSummary.of(folder);
    if (github && run.status() != Status.PASS) {
      run.reasons()
          .forEach(
              reason ->
                  System.out.printf(
                      "::error title=%s: %s::%s%n",
                      run.status(), property(run.test()), escaped(reason)));
    }
    System.out.println(run.status() + (run.worse() ? " WORSE" : ""));
    return run.status().exitCode();
  }

  private static String property(String text) {
    return escaped(text).replace(":", "%3A").replace(",", "%2C");
  }

  /**
   * Escapes a reason. A line break from a server's answer could otherwise start another command.
   */
  private static String escaped(String reason) {
    return reason.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
