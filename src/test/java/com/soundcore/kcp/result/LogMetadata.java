package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of a run: what it wrote of itself, or, where only its log is left, what that says.
 */
public final class LogMetadata {
  private static final String UNKNOWN = "unknown";

  private LogMetadata() {}

  /**
   * The metadata of a run. From a log alone its figures can be reported, but without its plan
   * nothing can be judged.
   *
   * @throws LogException where neither can be read
   */
  public static RunMetadata of(RunFolder folder) {
    return folder.hasFacts() ? folder.facts() : ofLogAlone(LogReader.header(folder.log()));
  }

  private static RunMetadata ofLogAlone(LogHeader header) {
    RunSetup setup =
        RunSetup.builder().test(header.simulation().toLowerCase(Locale.ROOT), UNKNOWN, 0).build();
    return new RunMetadata(setup, Map.of(), List.of(), header.startMs(), 0, RunEnd.NOT_YET);
  }
}
