package com.soundcore.kcp.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
  @Test
  void whoFindsNoConnectionWaitsButNotForEver() throws Exception {
    ConnectionPool pool = new CountedPool(2, Duration.ofMillis(50));
    assertThat(pool.tryTake()).isTrue();
    pool.take();
    assertThat(pool.inUse()).isEqualTo(2);
    assertThat(pool.tryTake()).isFalse();
    assertThatThrownBy(pool::take)
        .hasMessage("connection pool limit of 2 reached, timed out after 50 ms");
    pool.giveBack();
    assertThat(pool.tryTake()).isTrue();
  }
}
