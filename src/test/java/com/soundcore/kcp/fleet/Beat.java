package com.soundcore.kcp.fleet;

/**
 * What an injector says of itself every second.
 *
 * @param injector from 0
 * @param process the one process that may speak for it
 * @param state how far it is
 * @param loadStartedAtMs when its load began, by the conductor's clock; null before
 * @param sent calls so far
 * @param failed calls so far
 * @param stopped why it stopped the load itself; null where it did not
 * @param byGenerator whether that was its own machine's doing
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
  /** How far an injector is, in this order. */
  public enum State {
    /** It checks the system. */
    PREPARING,
    /** It waits for the start. */
    READY,
    /** It sends its load. */
    RUNNING,
    /** Its load has ended; its model is not sent yet. */
    ENDED,
    /** Its model has arrived. */
    DELIVERED,
    /** It could not run. */
    REFUSED
  }
}
