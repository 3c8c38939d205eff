package com.soundcore.kcp.fleet;

/**
 * An injector's heartbeat, sent about every second.
 *
 * @param injector the injector's index, from 0
 * @param process the ID of the only process that may act as this injector
 * @param state the injector's progress
 * @param loadStartedAtMs when its load started, in ms since the epoch by the conductor's clock;
 *     null before
 * @param sent calls sent so far
 * @param failed calls failed so far
 * @param stopped why the injector stopped its own load; null if it did not
 * @param byGenerator whether the injector's own machine caused the stop
 */
public record Beat(
    int injector,
    String process,
    State state,
    Long loadStartedAtMs,
    long sent,
    long failed,
    String stopped,
    boolean byGenerator) {
  /** The progress of an injector. The order of the constants is significant. */
  public enum State {
    /** Checks the system under test. */
    PREPARING,
    /** Waits for the start. */
    READY,
    /** Sends its load. */
    RUNNING,
    /** Has finished its load and not yet delivered its model. */
    ENDED,
    /** Has delivered its model. */
    DELIVERED,
    /** Could not run. */
    REFUSED
  }
}
