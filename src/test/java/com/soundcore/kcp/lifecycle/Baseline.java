package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.run.RunFolder;
import java.nio.file.Path;
import java.util.List;

/** A check of the earlier runs to compare with. */
final class Baseline {
  private Baseline() {}

  /**
   * Checks before the load that an earlier run exists. Afterwards its comparison would be missing.
   *
   * @throws ConfigException if the folder has no results
   */
  static void mustBeThere(String folder) {
    if (!new RunFolder(Path.of(folder)).hasResults()) {
      throw new ConfigException(
          List.of(
              "kcp.baseline was '%s'; must be the folder of an earlier run, with its simulation.log in it, such as target/gatling/load-20260131235959000"
                  .formatted(folder)));
    }
  }
}
