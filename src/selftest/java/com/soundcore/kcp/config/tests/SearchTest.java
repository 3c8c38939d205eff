package com.soundcore.kcp.config.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final Search SEARCH =
      new Search(100, 50, 300, seconds(10), seconds(60), 0.05, seconds(120), 3, seconds(90));

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void aSearchIsScaledInTimeAndLoadAndKeepsItsPrecision() {
    assertThat(SEARCH.scaled(0.5, 2, seconds(10)))
        .isEqualTo(
            new Search(200, 100, 600, seconds(5), seconds(30), 0.05, seconds(60), 3, seconds(45)));
  }

  @Test
  void noHoldIsScaledBelowTheShortestAndNoRampBelowASecond() {
    assertThat(SEARCH.scaled(0.01, 1, seconds(20)))
        .isEqualTo(
            new Search(100, 50, 300, seconds(1), seconds(20), 0.05, seconds(20), 3, seconds(40)));
  }

  @Test
  void theLongestSearchHasEveryLevelEveryTryAndEveryRecovery() {
    // 5 steps of 70 s; log2(50 / 5) rounded up, and one more, are 5 halvings; each level may be
    // tried twice, with a recovery of 100 s each; 15 longer holds of 130 s likewise; 18 recoveries.
    long steps = 5 * 70;
    long tried = (5 + 1) * 2 * (70 + 100);
    long longer = 15 * (130 + 100);
    assertThat(SEARCH.longest()).isEqualTo(seconds(steps + tried + longer + 18 * 100));
  }

  @Test
  void aSearchingTestHoldsItsCeilingForAsLongAsTheSearchMayTake() {
    Asserts none =
        new Asserts(
            Optional.empty(), new TreeMap<>(), Set.of(), Optional.empty(), Optional.empty());
    TestShape test =
        new TestShape("mine", "a", Model.OPEN, "mixed", List.of(), none, Optional.of(SEARCH));
    Search scaled = SEARCH.scaled(0.5, 1, seconds(10));
    assertThat(test.searching(scaled).stages())
        .containsExactly(new Stage("search", 300, 300, SEARCH.longest(), scaled.longest()));
  }
}
