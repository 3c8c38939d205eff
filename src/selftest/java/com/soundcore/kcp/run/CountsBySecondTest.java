package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsBySecondTest {
  private static final CountsBySecond COUNTS =
      new CountsBySecond(
          Map.of(
              "auth", Map.of(3, 1L, 4, 2L, 5, 4L),
              "content", Map.of(4, 8L),
              "auth, content", Map.of(4, 16L, 9, 32L),
              "support, analytics", Map.of(4, 64L),
              "", Map.of(5, 128L)));

  @ParameterizedTest
  @CsvSource({"3, 6, 7", "3, 5, 3", "4, 6, 6", "4, 5, 2", "4, 4, 0", "6, 9, 0"})
  void theFirstSecondCountsAndTheLastDoesNot(int from, int to, long total) {
    assertThat(COUNTS.total("auth", from, to)).isEqualTo(total);
  }

  @Test
  void aTotalIsOverAllSecondsOrAllServices() {
    assertThat(COUNTS.total("auth")).isEqualTo(7);
    assertThat(COUNTS.total("nobody")).isZero();
    assertThat(COUNTS.total()).isEqualTo(255);
    assertThat(COUNTS.total(4, 5)).isEqualTo(90);
    assertThat(CountsBySecond.NONE.total()).isZero();
  }

  @Test
  void whatIsSharedOrOfNobodyMayBeAServices() {
    assertThat(COUNTS.perhaps("auth", 0, 9)).isEqualTo(16 + 128);
    assertThat(COUNTS.perhaps("content", 4, 5)).isEqualTo(16);
    assertThat(COUNTS.perhaps("analytics", 4, 10)).isEqualTo(64 + 128);
    assertThat(COUNTS.perhaps("knowledge", 0, 10)).isEqualTo(128);
  }

  @Test
  void theSumOfTwoHasTheSecondsOfBoth() {
    CountsBySecond more =
        new CountsBySecond(Map.of("content", Map.of(4, 1L, 6, 2L), "support", Map.of(1, 3L)));
    CountsBySecond one = new CountsBySecond(Map.of("content", Map.of(4, 8L)));
    Map<String, Map<Integer, Long>> sum =
        Map.of("content", Map.of(4, 9L, 6, 2L), "support", Map.of(1, 3L));
    assertThat(one.plus(more).byService()).isEqualTo(sum);
    assertThat(more.plus(one).byService()).isEqualTo(sum);
    assertThat(one.plus(CountsBySecond.NONE)).isEqualTo(one);
  }

  @Test
  void theFileHoldsTheServicesThemselves() throws IOException {
    ObjectMapper json = new ObjectMapper();
    CountsBySecond one = new CountsBySecond(Map.of("auth", Map.of(3, 7L)));
    assertThat(json.writeValueAsString(one)).isEqualTo("{\"auth\":{\"3\":7}}");
    assertThat(json.readValue("{\"auth\":{\"3\":7}}", CountsBySecond.class)).isEqualTo(one);
  }
}
