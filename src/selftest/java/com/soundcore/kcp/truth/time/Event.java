package com.soundcore.kcp.truth.time;

/** Something that happens at a moment of virtual time. */
@FunctionalInterface
public interface Event {
  /**
   * It happens.
   *
   * @param now microseconds since the load began
   */
  void happen(long now);
}
