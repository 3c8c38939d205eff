package com.soundcore.kcp.truth.model;

import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import java.util.List;

/**
 * A run that was simulated: its log is in the folder, the rest is here.
 *
 * @param facts with its end
 * @param resources what the system said of itself
 * @param truth what only the simulator knows
 */
public record SimulatedRun(
    RunFolder folder, RunMetadata facts, List<ResourceSample> resources, Truth truth) {

  /** Writes facts and figures beside the log, as a real run does; all that a judge reads. */
  public RunFolder save() {
    folder.write(facts);
    folder.write(resources);
    return folder;
  }
}
