package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.result.Timeline.Second;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "0, 0",
    "1, 1",
    "2, 2",
    "3, 2",
    "4, 3",
    "7, 3",
    "8, 4",
    "16383, 14",
    "16384, 15",
    "32767, 15",
    "32768, 16",
    "65536, 16",
    "2147483647, 16",
  })
  void aClassEndsAtAPowerOfTwoAndTheLastIsOpen(int millis, int itsClass) {
    assertThat(Timeline.classOf(millis)).isEqualTo(itsClass);
    Timeline timeline = new Timeline();
    timeline.requests(1, 1, millis, true, 1);
    int[] expected = new int[Timeline.CLASSES];
    expected[itsClass] = 1;
    assertThat(timeline.classes(1)).isEqualTo(expected);
    assertThat(timeline.classes(0)).isEqualTo(new int[Timeline.CLASSES]);
    assertThat(timeline.classes(2)).isEqualTo(new int[Timeline.CLASSES]);
  }

  @Test
  void aRequestCountsInTheSecondOfItsStartAndItsEndInThatOfItsEnd() {
    Timeline timeline = new Timeline();
    timeline.requests(1, 3, 2000, true, 1);
    timeline.requests(1, 1, 10, false, 1);
    timeline.requests(1, 1, 10, true, 1);
    assertThat(timeline.length()).isEqualTo(4);
    assertThat(timeline.started(0)).isZero();
    assertThat(timeline.started(1)).isEqualTo(3);
    assertThat(timeline.failed(1)).isEqualTo(1);
    assertThat(timeline.ended(1)).isEqualTo(2);
    assertThat(timeline.ended(2)).isZero();
    assertThat(timeline.ended(3)).isEqualTo(1);
    assertThat(timeline.started(3)).isZero();
  }

  @Test
  void nothingHappensAfterTheLastSecond() {
    Timeline timeline = new Timeline(List.of(10));
    timeline.users(0, 1, 0);
    timeline.requests(0, 0, 10, false, 1);
    assertThat(timeline.started(1)).isZero();
    assertThat(timeline.failed(1)).isZero();
    assertThat(timeline.ended(1)).isZero();
    assertThat(timeline.arrivals(1)).isZero();
    assertThat(timeline.beyond(1, 10)).isZero();
    assertThat(Timeline.empty().length()).isZero();
    assertThat(Timeline.empty().seconds()).isEmpty();
  }

  @Test
  void aTimeBeforeTheLoadIsItsFirstSecond() {
    Timeline timeline = new Timeline();
    timeline.requests(-1, -1, -5, true, 1);
    assertThat(timeline.seconds()).containsExactly(new Second(0, 0, 1, 1, 0, 0, 0, 0));
  }

  @Test
  void usersAreThoseWhoCameAndHaveNotGone() {
    Timeline timeline = new Timeline();
    timeline.users(0, 1, 0);
    timeline.users(0, 1, 0);
    timeline.users(1, 0, 1);
    timeline.users(1, 1, 0);
    timeline.users(3, 0, 1);
    assertThat(timeline.seconds()).extracting(Second::users).containsExactly(2, 2, 2, 1);
    assertThat(timeline.arrivals(0)).isEqualTo(2);
    assertThat(timeline.arrivals(1)).isEqualTo(1);
    assertThat(timeline.arrivals(3)).isZero();
  }

  @Test
  void theSecondHasItsCountsAndItsPercentiles() {
    Timeline timeline = new Timeline();
    for (int millis = 1; millis <= 100; millis++) {
      timeline.requests(1, 1, millis, millis > 7, 1);
    }
    assertThat(timeline.seconds())
        .containsExactly(
            new Second(0, 0, 0, 0, 0, 0, 0, 0), new Second(1, 0, 100, 93, 7, 50, 95, 99));
  }

  @ParameterizedTest
  @CsvSource({"127, 200", "128, 10"})
  void aCallOf128SecondsIsInNoPercentileOfItsSecond(int second, long p99) {
    Timeline timeline = new Timeline();
    timeline.requests(0, 0, 10, true, 1);
    timeline.requests(0, second, 200, true, 1);
    assertThat(timeline.seconds().get(0)).isEqualTo(new Second(0, 0, 2, 2, 0, 10, p99, p99));
  }

  @Test
  void callsThatTookAtLeastALimitAreCountedForEachLimit() {
    Timeline timeline = new Timeline(List.of(10, 20));
    for (int millis : new int[] {9, 10, 19, 20, 21}) {
      timeline.requests(1, 1, millis, true, 1);
    }
    timeline.requests(2, 2, 9, true, 1);
    assertThat(timeline.beyond(0, 10)).isZero();
    assertThat(timeline.beyond(1, 10)).isEqualTo(4);
    assertThat(timeline.beyond(1, 20)).isEqualTo(2);
    assertThat(timeline.beyond(2, 10)).isZero();
    assertThatThrownBy(() -> timeline.beyond(1, 15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("15 ms is none of [10, 20]");
  }
}
