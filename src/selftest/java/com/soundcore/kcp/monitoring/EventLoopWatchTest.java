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

/** On Netty's own loops, one of which has too much to do. */
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

      EventLoopWatch.Lateness worst = watch.worstThenReset();
      assertThat(worst.longestMs()).isGreaterThan(TASKS * EACH_MS / 2.0);
      assertThat(worst.lateMs()).isGreaterThanOrEqualTo(worst.longestMs());
      assertThat(watch.worstThenReset().lateMs()).isLessThan(worst.lateMs());
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  @Test
  void withoutLoopsNothingIsLate() {
    assertThat(new EventLoopWatch().worstThenReset()).isEqualTo(EventLoopWatch.Lateness.NONE);
  }
}
