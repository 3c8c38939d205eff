package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import java.nio.file.Files;

/**
 * The source of a run's counts: its log, or the model that it was reduced to.
 *
 * @param simulation name of the class
 * @param startedAtMs start of the load in ms since the epoch
 * @param cut whether a log ends within a record
 * @param sealed whether each log had its checksum
 */
record RunSource(String simulation, long startedAtMs, boolean cut, boolean sealed) {
  /** Returns a copy in the time of a clock that is ahead of this one. */
  RunSource ahead(long aheadMs) {
    return new RunSource(simulation, startedAtMs + aheadMs, cut, sealed);
  }

  /**
   * Reads the counts of a run, ordered by second.
   *
   * @throws LogException if neither log nor model can be read
   */
  static RunSource read(RunFolder folder, CountVisitor visitor) {
    if (!Files.exists(folder.log()) && Files.isReadable(folder.model())) {
      LogSeal.checkFacts(folder);
      return RunModelFile.read(folder.model(), visitor);
    }
    SecondCounts.Calls calls = new SecondCounts.Calls();
    return LogReduction.read(folder.log(), null, calls, second -> second.show(calls, visitor));
  }
}
