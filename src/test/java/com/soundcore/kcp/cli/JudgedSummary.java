package com.soundcore.kcp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.SuiteCommand;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.PlainText;
import com.soundcore.kcp.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parts of a judged run that scripts and messages need. */
record JudgedSummary(
    Status status, boolean worse, String test, String environment, List<String> reasons) {

  /**
   * Reads the summary of a run.
   *
   * @throws LogException if the folder has no judged run
   */
  static JudgedSummary of(Path folder) {
    Path summary = folder.resolve("kcp").resolve("summary.json");
    if (!Files.isReadable(summary)) {
      throw new LogException(
          "%s holds no kcp/summary.json; it must be the folder of a run that was judged. To judge it: %s"
              .formatted(folder, SuiteCommand.kcp("report " + folder)));
    }
    JsonNode run;
    try {
      run = new ObjectMapper().readTree(summary.toFile());
    } catch (IOException e) {
      throw new LogException(
          "%s cannot be read. To judge the run again: %s"
              .formatted(summary, SuiteCommand.kcp("report " + folder)));
    }
    String verdict = run.at("/verdict/status").asText();
    if (verdict.isEmpty()) {
      throw new LogException(
          "%s holds no verdict. To judge the run again: %s"
              .formatted(summary, SuiteCommand.kcp("report " + folder)));
    }
    List<String> reasons = new ArrayList<>();
    run.at("/verdict/reasons").forEach(reason -> reasons.add(PlainText.of(reason.asText())));
    return new JudgedSummary(
        Arrays.stream(Status.values())
            .filter(status -> status.name().equals(verdict))
            .findFirst()
            .orElse(Status.INVALID),
        run.path("baseline").toString().contains("\"outcome\":\"REGRESSION\""),
        PlainText.of(run.at("/run/simulation").asText()),
        PlainText.of(run.at("/run/environment").asText()),
        reasons);
  }
}
