package com.soundcore.kcp.finding.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.level.LevelRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hold of a run that was written to order: 100 req/s from 0:05 to 1:05. */
class LoadLevelsTest {
  private static final Order HEALTHY = new Order() {};
  private static final int TARGET =
      (int) SyntheticRun.CONFIG.allServices().get("knowledge").target().p95().toMillis();

  @TempDir private Path folder;

  private static Order knowledgeTakes(int millis) {
    return Order.taking((service, second, number) -> service.equals("knowledge") ? millis : 5);
  }

  /** Above the target's share, and not so far that chance is excluded with 95 % confidence. */
  private static final Order DOUBTFUL =
      Order.taking(
          (service, second, number) -> {
            boolean slow = number < 2 || number == 2 && second < 43;
            return service.equals("knowledge") && slow ? TARGET : 5;
          });

  private static LoadLevels levels(RunFolder run, RunMetadata facts) {
    RunModel model = RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts));
    return new LoadLevels(
        facts, model, LevelRules.of(SyntheticRun.CONFIG, facts.operations().keySet()));
  }

  private LoadLevels levels(SyntheticRun written, Order order, SearchRecord search) {
    RunFolder run = written.searching(search).write(folder, order);
    return levels(run, run.facts());
  }

  private LoadLevels levels(Order order, SearchRecord search) {
    return levels(new SyntheticRun(), order, search);
  }

  private static SearchRecord search(int second, Boolean confirms, boolean held, Double stuck) {
    SearchLevel level = new SearchLevel(second, 65, 100, confirms, held, held ? "" : "why");
    return new SearchRecord(null, null, List.of(level), stuck, null);
  }

  @Test
  void aHealthyHoldIsALevelThatHeld() {
    assertThat(levels(HEALTHY, null).all())
        .containsExactly(
            new Level("hold 100", 5, 0, 100, 100, true, null, null, "", List.of(), true, false));
  }

  @Test
  void rampsAndPausesAreNoLevelsAndRatesHaveOneDecimal() {
    RunFolder run = new SyntheticRun().write(folder, HEALTHY);
    Map<String, Double> load = Map.of("knowledge", 33.333, "auth", 2.0);
    RunMetadata facts =
        run.facts()
            .withPhases(
                List.of(
                    new Phase("ramp", 0, 10, false, 0, 0, load),
                    new Phase("first", 10, 40, true, 7, 0, load),
                    new Phase("pause", 40, 50, true, 0, 0, Map.of("auth", 0.0)),
                    new Phase("second", 50, 67, true, 0, 0, load)));
    assertThat(levels(run, facts).all())
        .extracting(
            Level::phase, Level::startSecond, Level::users, Level::plannedRps, Level::achievedRps)
        .containsExactly(
            tuple("first", 10, 7L, 35.3, 100.0),
            // Of its 17 s the last two had no call: 1,500 / 17.
            tuple("second", 50, 0L, 35.3, 88.2));
  }

  @Test
  void aLevelThatIsSlowNamesItsServiceAndOperation() {
    assertThat(levels(knowledgeTakes(TARGET), null).all())
        .containsExactly(
            new Level(
                "hold 100",
                5,
                0,
                100,
                // The last 15 calls of knowledge end after the hold.
                99.8,
                false,
                "knowledge",
                "call",
                "knowledge p95 is %d ms or longer (100.0 %% of 2,850 calls)".formatted(TARGET),
                List.of(),
                true,
                false));
    assertThat(levels(knowledgeTakes(TARGET - 1), null).all())
        .extracting(Level::held)
        .containsExactly(true);
  }

  @ParameterizedTest
  @CsvSource({"30, true", "29, false"})
  void aServiceWithTooFewCallsIsNotJudgedAndOneThatWasNotSentSaysNothing(
      int calls, boolean judged) {
    Level level = levels(Order.onlyTheFirst("auth", calls), null).all().get(0);
    assertThat(level.notJudged()).isEqualTo(judged ? List.of() : List.of("auth"));
    assertThat(level.held()).isFalse();
    assertThat(level.sent()).isFalse();
    assertThat(level.why())
        .isEqualTo("auth was sent %d of 290 planned calls".formatted(calls - 10));
  }

  /** 29 calls of auth in the hold and 5 in the second after it: 30 are needed. */
  @Test
  void callsAfterTheHoldDoNotCount() {
    Order order =
        Order.sending(
            (service, second, planned) -> {
              boolean few = service.equals("auth") && second < 59;
              return few ? Math.max(0, Math.min(5, 29 - 5 * second)) : planned;
            });
    RunFolder run = new SyntheticRun().write(folder, order);
    Map<String, Double> load = run.facts().phases().get(1).rps();
    RunMetadata facts =
        run.facts()
            .withPhases(
                List.of(
                    new Phase("ramp", 0, 5, false, 0, 0, load),
                    new Phase("hold", 5, 64, true, 0, 0, load),
                    new Phase("end", 64, 65, false, 0, 0, load)));
    assertThat(levels(run, facts).all())
        .extracting(Level::notJudged)
        .containsExactly(List.of("auth"));
  }

  @Test
  void callsThatWereDroppedAtTheCapCountAsCalls() {
    Level level =
        levels(new SyntheticRun().shedding(1, 5), Order.onlyTheFirst("auth", 29), null)
            .all()
            .get(0);
    assertThat(level.notJudged()).isEmpty();
    assertThat(level.sent()).isTrue();
    assertThat(level.why()).isEqualTo("1 of 30 calls of auth were dropped at the cap");
  }

  @Test
  void aHoldInWhichNoServiceHadEnoughCallsIsNoLevel() {
    Order none = Order.sending((service, second, planned) -> second == 0 ? 29 : 0);
    Order one =
        Order.sending(
            (service, second, planned) -> second > 0 ? 0 : service.equals("support") ? 30 : 29);
    assertThat(levels(none, null).all()).isEmpty();
    assertThat(levels(one, null).all())
        .extracting(Level::notJudged)
        .containsExactly(List.of("analytics", "auth", "content", "knowledge"));
  }

  @Test
  void ofASearchOnlyItsOwnLevelsCount() {
    assertThat(levels(HEALTHY, search(5, false, true, null)).all()).hasSize(1);
    assertThat(levels(HEALTHY, search(6, false, true, null)).all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      value = {"true", "false", "none"},
      nullValues = "none")
  void aLevelThatIsNeitherProvedNorRefutedHasNotHeld(Boolean confirms) {
    List<Level> levels = levels(DOUBTFUL, search(5, confirms, true, null)).all();
    assertThat(levels).extracting(Level::held).containsExactly(false);
    assertThat(levels).extracting(Level::undecided).containsExactly(true);
    assertThat(levels)
        .extracting(Level::why)
        .containsExactly("knowledge p95 < %d ms: neither proved nor refuted".formatted(TARGET));
  }

  /** Slow for two seconds in every twenty; the last of them is cut short by the end of the hold. */
  private static final Order COLLAPSING =
      Order.taking(
          (service, second, number) ->
              service.equals("knowledge") && second % 20 > 17 ? TARGET : 5);

  @Test
  void aSystemThatCollapsesAgainAndAgainHasNoLine() {
    LoadLevels levels = levels(COLLAPSING, null);
    Level level = levels.all().get(0);
    Level broken =
        new Level(
            level.phase(),
            5,
            0,
            100,
            100,
            false,
            "knowledge",
            "call",
            "slow",
            List.of(),
            true,
            false);
    BreakingPoint answer =
        new BreakingPoint(BreakingPoint.Outcome.FOUND, level, broken, null, "holds some");
    assertThat(levels.withCollapses(answer).sentence())
        .isEqualTo(
            "holds some; at 100 req/s knowledge collapses about 3.1 times a minute, for 1.7 s each;"
                + " at 100 3 times in 59 s");
    assertThat(levels(new SyntheticRun(), HEALTHY, null).withCollapses(answer).sentence())
        .isEqualTo("holds some");
  }

  @Test
  void aLevelNamesTheOperationThatFailsMostOrIsSlowest() {
    assertThat(operation(10, 20)).isEqualTo("rare");
    assertThat(operation(0, 0)).isEqualTo("slow");
  }

  /** Runs 60 s with 10 calls a second of two operations; the counts of each fail. */
  private String operation(int slowFail, int rareFail) {
    RunFolder run = new RunFolder(folder.resolve(slowFail + "-" + rareFail));
    RunMetadata facts =
        new SyntheticRun()
            .facts()
            .withPhases(List.of(new Phase("hold", 0, 60, true, 0, 0, Map.of("knowledge", 20.0))));
    run.write(facts);
    LogHeader header = new LogHeader("Qps10k", 1_700_000_000_000L, List.of("auth", "knowledge"));
    try (LogWriter log = new LogWriter(run.log(), LogReader.VERSION, header)) {
      log.user(0, true, 0);
      for (int i = 0; i < 600; i++) {
        int at = 100 * i;
        boolean slowFails = i % 100 < slowFail;
        boolean rareFails = i % 100 < rareFail;
        int slow = slowFail + rareFail == 0 ? TARGET + 50 : 50;
        log.request("knowledge", "slow", at, at + slow, !slowFails, slowFails ? "503" : "");
        log.request("knowledge", "rare", at, at + 10, !rareFails, rareFails ? "503" : "");
        log.request("auth", "slower", at, at + 90, true, "");
      }
      log.user(0, false, 60_000);
    }
    LogSeal.write(run);
    return levels(run, facts).all().get(0).operation();
  }

  @Test
  void withoutASearchNothingContradictsTheLog() {
    assertThat(levels(knowledgeTakes(2000), null).contradictions()).isEmpty();
  }

  @Test
  void aSearchThatAgreesWithTheLogIsNotContradicted() {
    assertThat(levels(HEALTHY, search(5, false, true, null)).contradictions()).isEmpty();
    assertThat(levels(knowledgeTakes(2000), search(5, false, false, null)).contradictions())
        .isEmpty();
    assertThat(levels(DOUBTFUL, search(5, true, true, null)).contradictions()).isEmpty();
    assertThat(levels(DOUBTFUL, search(5, true, false, null)).contradictions()).isEmpty();
  }

  @Test
  void aSearchThatTheLogContradictsIsNamed() {
    assertThat(levels(HEALTHY, search(5, false, false, null)).contradictions())
        .containsExactly(
            "the search counted 100 req/s at 0:05 as broken (why); the log does not show it");
    assertThat(levels(knowledgeTakes(TARGET), search(5, false, true, null)).contradictions())
        .containsExactly(
            "the search counted 100 req/s at 0:05 as held; the log says: knowledge p95 is %d ms or longer (100.0 %% of 2,850 calls)"
                .formatted(TARGET));
    assertThat(levels(HEALTHY, search(0, false, false, null)).contradictions()).isEmpty();
  }

  @Test
  void aSearchThatDidNotEndAndASystemThatDidRecoverAreNamed() {
    assertThat(
            levels(HEALTHY, new SearchRecord(null, null, List.of(), 25.0, "out of time"))
                .contradictions())
        .containsExactly(
            "the search ended without an answer: out of time",
            "the search counted the system as not recovered at 25 req/s; the log does not show it");
    assertThat(
            levels(knowledgeTakes(2000), new SearchRecord(null, null, List.of(), 25.0, null))
                .contradictions())
        .isEmpty();
  }
}
