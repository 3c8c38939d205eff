package com.soundcore.kcp.truth.system;

/** The time that a process has really run: it may stand still, for a collection or for worse. */
public final class ProcessClock {
  private long stood;
  private long until;

  /** It stands still from now on for so long; a standstill that is under way may get longer. */
  public void stop(long now, long micros) {
    long end = Math.max(until, now + micros);
    stood += end - Math.max(now, until);
    until = end;
  }

  /** How long it stands still yet. */
  public long left(long now) {
    return Math.max(0, until - now);
  }

  /** All the time that it has stood still, with all of a standstill that is under way. */
  public long stood() {
    return stood;
  }
}
