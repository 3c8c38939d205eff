package com.soundcore.kcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kcp status}: a run's verdict for scripts, so that none of them reads JSON. */
@Command(
    name = "status",
    description =
        "Prints a run's verdict, and WORSE beside it if it is worse than its baseline; the exit code is the verdict's.")
final class StatusCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<folder>", description = "of the run")
  private Path folder;

  @Override
  public Integer call() {
    Path summary = folder.resolve("kcp").resolve("summary.json");
    if (!Files.isReadable(summary)) {
      throw new LogException(
          "%s holds no kcp/summary.json; it must be the folder of a run that was judged. To judge it: kcp report %s"
              .formatted(folder, folder));
    }
    JsonNode run;
    try {
      run = new ObjectMapper().readTree(summary.toFile());
    } catch (IOException e) {
      throw new LogException(summary + " cannot be read: " + e.getMessage());
    }
    String verdict = run.at("/verdict/status").asText();
    boolean worse = run.path("baseline").toString().contains("\"outcome\":\"REGRESSION\"");
    System.out.println(verdict + (worse ? " WORSE" : ""));
    return Arrays.stream(Status.values())
        .filter(status -> status.name().equals(verdict))
        .findFirst()
        .orElse(Status.INVALID)
        .exitCode();
  }
}
