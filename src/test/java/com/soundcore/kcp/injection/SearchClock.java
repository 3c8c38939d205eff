package com.soundcore.kcp.injection;

import com.soundcore.kcp.workload.LoadTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Tells a search of each second of the load when it has ended. */
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
      // After a standstill every second is judged all the same.
      while (open && over < time.second()) {
        secondEnded(over++);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    while (over < time.second() && !search.isDone()) {
      secondEnded(over++);
    }
  }

  /** Without it the load would go on at the level that it has, and nobody would know. */
  private void secondEnded(int second) {
    try {
      search.secondEnded(second);
    } catch (RuntimeException | Error broken) {
      search.abort("an internal error: %s at %s".formatted(broken, broken.getStackTrace()[0]));
    }
  }

  /** Waits until the search has ended, at most for this time. */
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
