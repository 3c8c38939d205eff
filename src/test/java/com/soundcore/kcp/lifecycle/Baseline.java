package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.run.RunFolder;
import java.nio.file.Path;
import java.util.List;

/** An earlier run that this one is to be compared with. */
final class Baseline {
  private Baseline() {}

  /**
   * Asked before the load: after it the comparison would be missing.
   *
   * @throws ConfigException where there is no such run
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
