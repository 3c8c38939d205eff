package com.soundcore.kcp.truth;

/** Something that happens at a moment of virtual time. */
@FunctionalInterface
interface Event {
  /**
   * It happens.
   *
   * @param now microseconds since the load began
   */
  void happen(long now);
}
