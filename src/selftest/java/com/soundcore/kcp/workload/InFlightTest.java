package com.soundcore.kcp.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InFlightTest {
  @Test
  void callsAboveTheCapAreShedAndCounted() {
    InFlight inFlight = new InFlight(() -> 2, new LoadTime());
    assertThat(inFlight.enter("auth")).isTrue();
    assertThat(inFlight.enter("auth")).isTrue();
    assertThat(inFlight.enter("auth")).isFalse();
    assertThat(inFlight.enter("content")).isFalse();
    inFlight.leave();
    assertThat(inFlight.enter("auth")).isTrue();
    assertThat(inFlight.shed()).isEqualTo(2);
    assertThat(inFlight.shedBySecond().byService())
        .isEqualTo(Map.of("auth", Map.of(0, 1L), "content", Map.of(0, 1L)));
    assertThat(inFlight.shed("auth", 0, 1)).isEqualTo(1);
    assertThat(inFlight.shed("auth", 1, 9)).isZero();
  }

  @Test
  void theCapGrowsWithTheLoadAndNeverShrinks() {
    AtomicInteger allowed = new AtomicInteger(1);
    InFlight inFlight = new InFlight(allowed::get, new LoadTime());
    assertThat(inFlight.enter("auth")).isTrue();
    assertThat(inFlight.enter("auth")).isFalse();
    allowed.set(3);
    assertThat(inFlight.enter("auth")).isTrue();
    assertThat(inFlight.enter("auth")).isTrue();
    allowed.set(1);
    inFlight.leave();
    assertThat(inFlight.enter("auth")).isTrue();
    assertThat(inFlight.enter("auth")).isFalse();
    assertThat(inFlight.cap()).isEqualTo(3);
    assertThat(inFlight.shed()).isEqualTo(2);
  }

  @Test
  void noThreadsTogetherPassTheCap() throws InterruptedException {
    int cap = 10;
    InFlight inFlight = new InFlight(() -> cap, new LoadTime());
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int threads = 4;
    CountDownLatch done = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int t = 0; t < threads; t++) {
      pool.execute(
          () -> {
            for (int i = 0; i < 20_000; i++) {
              int held = 0;
              while (held < 5 && inFlight.enter("x")) {
                held++;
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              }
              for (; held > 0; held--) {
                inside.decrementAndGet();
                inFlight.leave();
              }
            }
            done.countDown();
          });
    }
    done.await();
    pool.shutdown();
    assertThat(most.get()).isLessThanOrEqualTo(cap);
    assertThat(inFlight.enter("x")).isTrue();
  }
}
