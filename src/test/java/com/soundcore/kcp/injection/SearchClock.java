package com.soundcore.kcp.injection;

import com.soundcore.kcp.workload.LoadTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A clock that notifies a search at the end of each second of the load. */
public final class SearchClock implements AutoCloseable {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final LoadTime time;
  private final LoadSearch search;
  private final Thread thread = new Thread(this::run, "load-search");
  private volatile boolean open = true;

  public SearchClock(LoadTime time, LoadSearch search) {
    this.time = time;
    this.search = search;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    int over = 0;
    while (open && !search.isDone()) {
      // After a pause, every missed second is still judged.
      while (open && over < time.second()) {
        secondEnded(over++);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    while (over < time.second() && !search.isDone()) {
      secondEnded(over++);
    }
  }

  /** An error ends the search. Otherwise the load would silently stay at its present level. */
  private void secondEnded(int second) {
    try {
      search.secondEnded(second);
    } catch (RuntimeException | Error broken) {
      search.abort("an internal error: %s at %s".formatted(broken, broken.getStackTrace()[0]));
    }
  }

  /** Waits until the search has ended, but no longer than this time. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    thread.join(atMost.toMillis());
  }

  @Override
  public void close() {
    open = false;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
