package com.soundcore.kcp.injection;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.core.CoreComponents;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.structure.ScenarioContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import scala.concurrent.impl.ExecutionContextImpl;

class ActorBatchesTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static ScenarioContext context(ActorSystem actors) {
    return new ScenarioContext(
        new CoreComponents(actors, null, null, null, null, null, null, null), null, null, false);
  }

  /** The thread waits within a task, where a message does not wake it, and not for a task. */
  private static boolean waitsForMessages(Thread thread) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      if (Arrays.stream(thread.getStackTrace())
          .anyMatch(frame -> frame.getMethodName().equals("waitForMessages"))) {
        return true;
      }
    }
    return false;
  }

  /** Runs on Gatling's own actor system, since a new version may change its thread pool. */
  @Test
  void gatlingsActorsShareOneThreadThatNoMessageWakesAndTheirSystemStillEnds() throws Exception {
    ActorSystem actors = new ActorSystem();
    ActorBatches batches = new ActorBatches();
    assertThat(batches.asScala().build(context(actors), null)).isNull();
    assertThat(batches.asScala().build(context(actors), null)).isNull();

    ExecutorService executor = actors.executionContext();
    Thread thread = CompletableFuture.supplyAsync(Thread::currentThread, executor).join();
    assertThat(waitsForMessages(thread)).isTrue();
    assertThat(((ThreadPoolExecutor) ((ExecutionContextImpl) executor).executor()))
        .returns(1, ThreadPoolExecutor::getMaximumPoolSize)
        .returns(1, ThreadPoolExecutor::getPoolSize);
    actors.close();
    assertThat(executor.awaitTermination(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }
}
