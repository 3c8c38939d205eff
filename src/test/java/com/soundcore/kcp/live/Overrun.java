package com.soundcore.kcp.live;

import java.util.function.Consumer;

/**
 * Watchdog for a run that does not end: after the end of its plan, no user finishes and no call is
 * answered. A thread that died or could not be started leaves Gatling waiting forever.
 */
final class Overrun implements Consumer<LiveSnapshot> {
  private final long limitSeconds;
  private final Consumer<String> how;
  private int since;
  private long users = -1;
  private long answers = -1;

  Overrun(LiveRun.GivingUp givingUp) {
    this.limitSeconds = givingUp.silence().toSeconds();
    this.how = givingUp.how();
  }

  @Override
  public void accept(LiveSnapshot now) {
    boolean alive = now.users() != users || now.all().soFar().answered() != answers;
    if (alive || now.second() <= now.ofSeconds()) {
      since = now.second();
      users = now.users();
      answers = now.all().soFar().answered();
    } else if (now.second() - since >= limitSeconds) {
      since = now.second();
      how.accept(
          "the run did not end: its plan ended %,d s ago, and for %,d s no call was answered and no user finished (%,d are left; kcp.generator.end-within)"
              .formatted(now.second() - now.ofSeconds(), limitSeconds, users));
    }
  }
}
