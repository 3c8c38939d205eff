package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the metadata of a run: from the run's own file or, without it, from the log. */
public final class LogMetadata {
  private static final String UNKNOWN = "unknown";

  private LogMetadata() {}

  /**
   * Returns the metadata of a run. A log alone is enough to report measurements, but without the
   * plan nothing can be judged.
   *
   * @throws LogException if neither the file nor the log can be read
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
