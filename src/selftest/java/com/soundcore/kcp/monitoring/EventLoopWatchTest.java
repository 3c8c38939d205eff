package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On Netty's own loops, one of which has too much to do. */
@Timeout(60)
class EventLoopWatchTest {
  private static final int TASKS = 5;
  private static final long EACH_MS = 60;

  @Test
  void theLoopWithTooMuchToDoIsTheOneThatCounts() throws InterruptedException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    try {
      EventLoop idle = group.next();
      EventLoop full = group.next();
      EventLoopWatch watch = new EventLoopWatch();
      watch.seen(idle);
      watch.seen(full);
      watch.seen(full);
      CountDownLatch done = new CountDownLatch(TASKS);
      for (int i = 0; i < TASKS; i++) {
        full.execute(
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EACH_MS));
              done.countDown();
            });
      }
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
      // The beat that was due among the tasks comes after them.
      CountDownLatch beaten = new CountDownLatch(1);
      full.schedule(beaten::countDown, 3 * EACH_MS, TimeUnit.MILLISECONDS);
      assertThat(beaten.await(10, TimeUnit.SECONDS)).isTrue();

      double late = watch.worstThenReset();
      assertThat(late).isGreaterThan(TASKS * EACH_MS / 2.0);
      assertThat(watch.worstThenReset()).isLessThan(late);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  @Test
  void aLoopThatHasNotComeBackIsLateAlreadyAndCountsOnce() throws InterruptedException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      EventLoop stuck = group.next();
      EventLoopWatch watch = new EventLoopWatch();
      long from = System.nanoTime();
      watch.seen(stuck);
      CountDownLatch goesOn = new CountDownLatch(1);
      stuck.execute(() -> awaited(goesOn));
      double first = 0;
      while (first < EACH_MS) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EACH_MS));
        first += watch.worstThenReset();
      }
      goesOn.countDown();
      CountDownLatch beaten = new CountDownLatch(1);
      stuck.schedule(beaten::countDown, 1, TimeUnit.MILLISECONDS);
      awaited(beaten);
      double all = first + watch.worstThenReset();
      assertThat(all).isLessThanOrEqualTo((System.nanoTime() - from) / 1e6);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void withoutLoopsNothingIsLate() {
    assertThat(new EventLoopWatch().worstThenReset()).isZero();
  }
}
