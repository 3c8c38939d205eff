package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hold of 60 s from 0:05; knowledge is planned at 50 req/s, auth at 5 req/s. */
class LoadGatesTest {
  private static final Hold HOLD = new Hold("", "", 5, 65, 7);

  @TempDir private Path folder;

  private final GateWriter write = new GateWriter();

  private static RunModel model(RunFolder run, RunMetadata facts) {
    return RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts));
  }

  private LoadGates gates(RunMetadata facts, RunModel model, Set<Integer> disturbed) {
    return new LoadGates(
        SyntheticRun.CONFIG.gates(),
        facts,
        model,
        new GeneratorPauses(disturbed, Set.of(), new TreeMap<>()),
        write);
  }

  private LoadGates gates(SyntheticRun written, Order order, Set<Integer> disturbed) {
    RunFolder run = written.write(folder, order);
    return gates(run.facts(), model(run, run.facts()), disturbed);
  }

  private Gate only() {
    assertThat(write.gates()).hasSize(1);
    return write.gates().get(0);
  }

  private interface Rate {
    int in(int second);
  }

  private static Order rate(Rate rate) {
    return Order.sending((service, second, planned) -> rate.in(second));
  }

  /** With a tolerance of a half, 1,450 calls less those of ten journeys must be there. */
  @ParameterizedTest
  @CsvSource({"24, PASS, 1440", "23, FAIL, 1439"})
  void aServiceMustGetItsRateInTheSteadySeconds(int inTheLastSecond, Outcome outcome, int calls) {
    Order order =
        rate(second -> second < 2 ? 9 : second < 50 ? 25 : second < 59 ? 24 : inTheLastSecond);
    gates(new SyntheticRun(), order, Set.of()).rate(HOLD, "knowledge", 0.5);
    assertThat(only())
        .isEqualTo(
            new Gate(
                "knowledge.rate",
                "knowledge",
                "rate ≥ 24.8 req/s",
                calls / 58.0,
                "req/s",
                calls,
                outcome,
                "knowledge must get 24.8 req/s: 24.8 req/s (n = %,d in 58 s)".formatted(calls)));
  }

  @Test
  void aRateBelowTheCallsOfTenJourneysNeedsNone() {
    gates(new SyntheticRun(), rate(second -> 0), Set.of())
        .rate(new Hold("", "", 5, 8, 7), "auth", 0.01);
    assertThat(only().required()).isEqualTo("rate ≥ 0.0 req/s");
    assertThat(only().status()).isEqualTo(Outcome.PASS);
  }

  @Test
  void onlyTheSteadySecondsOfItsOwnHoldCount() {
    gates(new SyntheticRun(), new Order() {}, Set.of())
        .rate(new Hold("", "", 5, 35, 7), "auth", 0.01);
    assertThat(only().samples()).isEqualTo(28 * 5);
    assertThat(only().actual()).isEqualTo(5);
  }

  @Test
  void aHoldWithoutASteadySecondIsNotJudged() {
    gates(new SyntheticRun(), new Order() {}, Set.of())
        .rate(new Hold(" in hold 1", ".hold-1", 5, 7, 7), "auth", 0.01);
    Gate gate = only();
    assertThat(gate.id()).isEqualTo("auth.rate.hold-1");
    assertThat(gate.status()).isEqualTo(Outcome.NO_DATA);
    assertThat(gate.actual()).isNull();
    assertThat(gate.samples()).isZero();
    assertThat(gate.message())
        .isEqualTo("auth: rate cannot be judged; no hold is long enough to be steady");
  }

  /** 135 of 150 calls in 3 s are just enough. */
  @ParameterizedTest
  @CsvSource({"35, PASS, 90.0", "34, FAIL, 89.3"})
  void aServiceMustGetItsRateAtAnyTime(int inOneSecond, Outcome outcome, String percent) {
    gates(new SyntheticRun(), rate(second -> second == 20 ? inOneSecond : 50), Set.of())
        .everySecond(HOLD, "knowledge");
    assertThat(only())
        .isEqualTo(
            new Gate(
                "knowledge.steadiness",
                "knowledge",
                "≥ 90 % of the rate at any time",
                (100 + inOneSecond) / 150.0 * 100,
                "%",
                56,
                outcome,
                "knowledge must get 90 % of its planned rate at any time: "
                    + percent
                    + " % at second 23"));
  }

  /** Of a rare service it takes the time of 100 calls, here 20 s: 90 of them are just enough. */
  @ParameterizedTest
  @CsvSource({"5, PASS", "4, FAIL"})
  void aRareServiceIsJudgedOverTheTimeOfAHundredCalls(int inOneSecond, Outcome outcome) {
    Order order = rate(second -> second == 20 || second == 21 ? 0 : second == 22 ? inOneSecond : 5);
    gates(new SyntheticRun(), order, Set.of()).everySecond(HOLD, "auth");
    assertThat(only().status()).isEqualTo(outcome);
    assertThat(only().samples()).isEqualTo(39);
  }

  @ParameterizedTest
  @CsvSource({"15, 1", "10, 1", "9, 0"})
  void aShortHoldHasOneWindowOfItsSteadySeconds(int to, int windows) {
    gates(new SyntheticRun(), new Order() {}, Set.of())
        .everySecond(new Hold("", "", 5, to, 7), "auth");
    assertThat(only().samples()).isEqualTo(windows);
    assertThat(only().status()).isEqualTo(windows == 0 ? Outcome.NO_DATA : Outcome.PASS);
  }

  @Test
  void aServiceWithoutACallGotNothing() {
    gates(new SyntheticRun(), rate(second -> 0), Set.of()).everySecond(HOLD, "knowledge");
    assertThat(only().actual()).isZero();
    assertThat(only().status()).isEqualTo(Outcome.FAIL);
    assertThat(only().message()).endsWith("0.0 % at second 7");
  }

  /**
   * Judges the users of a hold that plans 20.
   *
   * @param users that are there from the start
   * @param untilMs when all of them end
   */
  private void judgeUsers(int users, int untilMs) {
    Map<String, Double> load = Map.of("auth", 5.0);
    RunMetadata facts =
        new SyntheticRun()
            .facts()
            .withPhases(
                List.of(
                    new Phase("ramp", 0, 5, false, 20, 0, load),
                    new Phase("hold", 5, 65, true, 20, 0, load)));
    RunFolder run = new RunFolder(folder);
    run.write(facts);
    LogHeader header = new LogHeader("Qps10k", 1_700_000_000_000L, List.of("auth"));
    try (LogWriter log = new LogWriter(run.log(), LogReader.VERSION, header)) {
      for (int user = 0; user < users; user++) {
        log.user(0, true, 0);
      }
      log.request("auth", "call", 1000, 1005, true, "");
      for (int user = 0; user < users; user++) {
        log.user(0, false, untilMs);
      }
    }
    LogSeal.write(run);
    gates(facts, model(run, facts), Set.of()).users(HOLD);
  }

  /** Of 20 planned users 19 are just enough. */
  @ParameterizedTest
  @CsvSource({"19, PASS, 19.0", "18, FAIL, 18.0"})
  void theConcurrentUsersMustBeThere(int users, Outcome outcome, String words) {
    judgeUsers(users, 65_500);
    assertThat(only())
        .isEqualTo(
            new Gate(
                "all.users",
                "all",
                "users ≥ 19.0",
                (double) users,
                "users",
                58,
                outcome,
                "there must be 19.0 concurrent users: " + words + " (58 s)"));
  }

  /** Of 58 s the log has users in 53: 20 * 53 / 58 are 18.3. */
  @Test
  void afterTheEndOfTheLogThereAreNoUsers() {
    judgeUsers(20, 60_200);
    assertThat(only().message()).isEqualTo("there must be 19.0 concurrent users: 18.3 (58 s)");
    assertThat(only().status()).isEqualTo(Outcome.FAIL);
  }

  /** The same run with arrivals of auth dropped, by second, at a cap; 0 for none. */
  private static RunMetadata shedding(RunMetadata facts, Map<Integer, Long> shed, int cap) {
    RunEnd end = facts.end();
    return facts.ended(
        new RunEnd(
            true,
            new CountsBySecond(Map.of("auth", shed)),
            end.closedConnections(),
            end.generator(),
            end.answered(),
            null,
            0,
            null,
            null,
            cap));
  }

  @ParameterizedTest
  @CsvSource({"4, PASS, 0", "5, FAIL, 3", "64, FAIL, 3", "65, PASS, 0"})
  void onlyArrivalsThatWereDroppedInAHoldCount(int second, Outcome outcome, long shed) {
    gates(new SyntheticRun().shedding(3, second), new Order() {}, Set.of()).shed(List.of(HOLD));
    assertThat(only().status()).isEqualTo(outcome);
    assertThat(only().actual()).isEqualTo(shed);
    assertThat(only().samples()).isEqualTo(6000);
  }

  /** The cap of 1,000 at 100 req/s is a mean of 10 s. */
  @ParameterizedTest
  @CsvSource({
    "10000, 'the cap was reached at a mean response time of 10,000 ms'",
    "9000, hardly any call was answered then"
  })
  void theResponseTimeAtTheCapIsNamedWhereAnyCallTookIt(int millis, String words) {
    Order order =
        Order.taking(
            (service, second, number) -> second == 30 && service.equals("auth") ? millis : 5);
    gates(new SyntheticRun().shedding(3, 20), order, Set.of()).shed(List.of(HOLD));
    assertThat(only().message())
        .isEqualTo(
            "no arrival may be dropped at the cap of 1,000 requests in flight:"
                + " 3 were (n = 6,000); "
                + words);
  }

  /**
   * In two seconds 200 requests were sent at a cap of 200: a mean of 2 s, where the slowest call
   * took as long. The other seconds, with a tenth of the calls, do not count.
   */
  @ParameterizedTest
  @CsvSource({
    "2000, 'the cap was reached at a mean response time of 2,000 ms'",
    "1999, hardly any call was answered then"
  })
  void onlyTheSecondsInWhichArrivalsWereDroppedMakeThatTime(int millis, String words) {
    Order order =
        new Order() {
          @Override
          public int requests(String service, int second, int planned) {
            boolean dropped = second == 15 || second == 16;
            return !service.equals("auth") ? 0 : dropped ? 100 : 10;
          }

          @Override
          public int millis(String service, int second, int number) {
            return second == 30 ? millis : 5;
          }
        };
    RunFolder run = new SyntheticRun().write(folder, order);
    RunMetadata facts = shedding(run.facts(), Map.of(20, 1L, 21, 2L), 200);
    gates(facts, model(run, facts), Set.of()).shed(List.of(HOLD));
    assertThat(only().message()).endsWith(": 3 were (n = 780); " + words);
  }

  @Test
  void withoutADroppedArrivalThereIsNoTimeToName() {
    gates(new SyntheticRun(), new Order() {}, Set.of()).shed(List.of(HOLD));
    assertThat(only().message())
        .isEqualTo(
            "no arrival may be dropped at the cap of 1,000 requests in flight:"
                + " 0 were (n = 6,000)");
  }

  /** More than half of them in seconds in which the generator stood still. */
  @ParameterizedTest
  @CsvSource({"3, 2, NO_DATA", "2, 2, FAIL", "1, 2, FAIL"})
  void arrivalsThatTheGeneratorItselfDammedUpSayNothing(
      long disturbed, long undisturbed, Outcome outcome) {
    RunFolder run = new SyntheticRun().write(folder, new Order() {});
    RunMetadata facts = shedding(run.facts(), Map.of(20, disturbed, 21, undisturbed), 0);
    gates(facts, model(run, facts), Set.of(20)).shed(List.of(HOLD));
    assertThat(only().status()).isEqualTo(outcome);
    assertThat(only().message())
        .isEqualTo(
            "no arrival may be dropped at the cap on requests in flight: %d were (n = 6,000)"
                .formatted(disturbed + undisturbed));
  }
}
