package com.soundcore.kcp.truth;

import java.nio.file.Path;

/**
 * A question to the suite whose right answer is known by construction.
 *
 * @param name what is asked
 * @param mayBeWrong in this fraction of the runs at most
 * @param asking simulates a run, has it judged, and looks at what was said
 */
record Question(String name, double mayBeWrong, Asking asking) {
  /** One run of a question. */
  interface Asking {
    /**
     * Asks.
     *
     * @param seed of everything random in it
     * @param folder for the run's files
     */
    Answer ask(long seed, Path folder);
  }
}
