package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.http.Http;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageCostsTest {
  private static final long FAST = Duration.ofMillis(5).toNanos();
  private static final long SLOW = Duration.ofSeconds(3).toNanos();
  private static final Http.Answer HUGE = new Http.Answer(200, "x".repeat(5_200_000));
  private static final Http.Answer SMALL = new Http.Answer(200, "up 1");

  private final PageCosts costs = new PageCosts(Duration.ofSeconds(5));

  private long askedIn(int rounds) {
    return IntStream.rangeClosed(1, rounds).filter(round -> costs.isDue("auth", round)).count();
  }

  @Test
  void aHugePageTakesNoMoreThanAHalfPercentOfItsServicesTime() {
    assertThat(askedIn(16)).isEqualTo(16);
    assertThat(costs.weigh("auth", HUGE, Duration.ofMillis(300).toNanos()))
        .hasValue("its metrics page has 5.2 MB and took 300 ms: it is now asked for every 60 s");
    assertThat(askedIn(120)).isEqualTo(10);
    // What a page costs is its fastest time: under load the rest is a queue, and figures are wanted
    // then.
    assertThat(costs.weigh("auth", HUGE, Duration.ofSeconds(9).toNanos())).isEmpty();
    assertThat(askedIn(120)).isEqualTo(10);
    costs.weigh("auth", HUGE, Duration.ofMillis(150).toNanos());
    assertThat(askedIn(120)).isEqualTo(20);
  }

  @Test
  void aPageThatTakesForeverIsStillAskedForNowAndThen() {
    costs.weigh("auth", HUGE, Duration.ofSeconds(30).toNanos());
    assertThat(askedIn(120)).isEqualTo(2);
  }

  @Test
  void aBusyServiceIsAskedHalfAsOftenAndNoLess() {
    for (int i = 0; i < 4; i++) {
      assertThat(costs.weigh("auth", SMALL, SLOW)).isEmpty();
    }
    costs.weigh("auth", SMALL, FAST);
    assertThat(askedIn(16)).isEqualTo(16);
    for (int i = 0; i < 50; i++) {
      costs.weigh("auth", SMALL, SLOW);
    }
    assertThat(askedIn(16)).isEqualTo(8);
  }

  @Test
  void aCallThatFailedSaysNothingOfThePage() {
    for (int i = 0; i < 10; i++) {
      assertThat(costs.weigh("auth", new Http.Answer(0, "no answer"), SLOW)).isEmpty();
    }
    assertThat(askedIn(16)).isEqualTo(16);
  }
}
