package com.soundcore.kcp.truth;

/**
 * Whether the suite was right about one simulated run.
 *
 * @param right whether it was
 * @param what it said, for whoever wants to know why
 */
record Answer(boolean right, String what) {
  static Answer of(boolean right, String what) {
    return new Answer(right, right ? "" : what);
  }
}
