package com.soundcore.kcp.verdict.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.SyntheticRun;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {
  @Test
  void alikeRunsCanBeCompared() {
    assertThat(
            Likeness.problems(new SyntheticRun().facts(), new SyntheticRun().id("b").facts(), 0.1))
        .isEmpty();
  }

  @Test
  void everyDifferenceIsNamed() {
    SyntheticRun other = new SyntheticRun().of("soak").withWorkload("search").injector(0, 2);
    assertThat(Likeness.problems(other.facts(), new SyntheticRun().facts(), 0.1))
        .containsExactly(
            "another test: soak, was qps10k",
            "another workload: search, was mixed",
            "another number of injectors: 2, was 1");
  }

  @Test
  void anotherPlanIsNamed() {
    assertThat(
            Likeness.problems(
                new SyntheticRun().holding(61).facts(), new SyntheticRun().facts(), 0.1))
        .containsExactly("another plan: the phases of the test have changed");
  }

  @Test
  void aRunThatDidNotFinishIsNoMeasure() {
    SyntheticRun whole = new SyntheticRun();
    SyntheticRun part = new SyntheticRun().unfinished();
    assertThat(Likeness.problems(part.facts(), whole.facts(), 0.1))
        .containsExactly("this run did not finish");
    assertThat(Likeness.problems(whole.facts(), part.facts(), 0.1))
        .containsExactly("that run did not finish");
  }

  /** A tenth may differ, and 100 rows in any case. */
  @ParameterizedTest
  @CsvSource({
    "10000, 11000, true", "10000, 11001, false", "10000, 9000, true", "10000, 8999, false",
    "500, 600, true", "500, 601, false", "0, 100, true", "0, 101, false"
  })
  void aFewRowsMoreAreTheSameSystem(long before, long now, boolean alike) {
    assertThat(
            Likeness.problems(
                new SyntheticRun().withRows(Map.of("items", now)).facts(),
                new SyntheticRun().withRows(Map.of("items", before)).facts(),
                0.1))
        .hasSize(alike ? 0 : 1);
  }

  @Test
  void anotherAmountOfDataIsNamedAndUncountedRowsAreNot() {
    SyntheticRun now = new SyntheticRun().withRows(Map.of("items", 5000L, "tickets", 9L));
    SyntheticRun before = new SyntheticRun().withRows(Map.of("items", 1000L));
    assertThat(Likeness.problems(now.facts(), before.facts(), 0.1))
        .containsExactly("another amount of data: items 5,000, was 1,000");
  }
}
