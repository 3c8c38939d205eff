package com.soundcore.kcp.run;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Timeout for work that may hang: a file on a network file system, a pipe without a writer, a name
 * lookup.
 */
public final class TimeLimit {
  private TimeLimit() {}

  /**
   * Returns the result of the work. Work that hangs keeps its daemon thread, and its result is
   * dropped.
   *
   * @throws TimeoutException if the work does not finish within the limit
   * @throws IOException from the work, or if this thread is interrupted
   */
  public static <T> T within(Duration limit, Callable<T> work)
      throws IOException, TimeoutException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "time-limit");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(true);
      throw late;
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    } catch (ExecutionException broken) {
      if (broken.getCause() instanceof IOException io) {
        throw io;
      }
      if (broken.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException(broken.getCause());
    }
  }
}
