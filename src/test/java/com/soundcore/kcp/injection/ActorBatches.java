package com.soundcore.kcp.injection;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import scala.concurrent.impl.ExecutionContextImpl;

/**
 * An optimization that makes Gatling's actors, such as the writer of its log, process messages in
 * batches. A call sends four or five messages, and each would otherwise wake a thread.
 *
 * <p>It adds no action to a chain. It is an action builder only because Gatling exposes its actors'
 * thread pool nowhere else.
 */
public final class ActorBatches implements ActionBuilder {
  /** Gatling schedules arrivals a second ahead, so this delay does not affect them. */
  private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private boolean installed;

  @Override
  public io.gatling.core.action.builder.ActionBuilder asScala() {
    return this::build;
  }

  private synchronized Action build(ScenarioContext context, Action next) {
    if (!installed
        && context.coreComponents().actorSystem().executionContext()
            instanceof ExecutionContextImpl actors
        && actors.executor() instanceof ThreadPoolExecutor pool) {
      installed = true;
      install(pool);
    }
    return next;
  }

  /** Limits the pool to one thread. One is enough, and it never wakes another. */
  static void install(ThreadPoolExecutor pool) {
    pool.setCorePoolSize(1);
    pool.setMaximumPoolSize(1);
    pool.execute(() -> waitForMessages(pool));
  }

  /**
   * Occupies the thread while no actor has messages, so that new messages need not wake a thread.
   */
  private static void waitForMessages(ThreadPoolExecutor pool) {
    if (pool.getQueue().isEmpty()) {
      LockSupport.parkNanos(BATCH_NANOS);
    }
    try {
      pool.execute(() -> waitForMessages(pool));
    } catch (RejectedExecutionException gatlingEnds) {
      // The last batch has been processed.
    }
  }
}
