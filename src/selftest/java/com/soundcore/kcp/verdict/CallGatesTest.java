package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hold of 60 s from 0:05 has 300 calls of auth, 290 of them in steady seconds. */
class CallGatesTest {
  private static final Hold HOLD = new Hold("", "", 5, 65, 7);
  private static final Limit ERRORS = Limit.errors(0.01);
  private static final Order HEALTHY = new Order() {};
  private static final Limit AUTH =
      Limit.p95(SyntheticRun.CONFIG.allServices().get("auth").target().p95());
  private static final Limit ALL = Limit.p95(Duration.ofMillis(500));

  @TempDir private Path folder;

  private final GateWriter write = new GateWriter();

  private CallGates gates(RunFolder run, RunMetadata facts, Set<Integer> disturbed) {
    return new CallGates(
        SyntheticRun.CONFIG.gates(),
        facts,
        RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts)),
        new GeneratorPauses(disturbed, Set.of(), new TreeMap<>()),
        new Provabilities.Counts(1, 1, 1, 1),
        write);
  }

  private CallGates gates(SyntheticRun written, Order order, Integer... disturbed) {
    RunFolder run = written.write(folder, order);
    return gates(run, run.facts(), Set.of(disturbed));
  }

  private Gate last() {
    return write.gates().get(write.gates().size() - 1);
  }

  private Gate limit(
      SyntheticRun written, Order order, String subject, Limit limit, Integer... disturbed) {
    gates(written, order, disturbed).limit(HOLD, subject, limit);
    return last();
  }

  private interface Seconds {
    boolean has(int second);
  }

  private static Order authFails(Seconds seconds, String message) {
    return Order.failing(
        (service, second, number) -> service.equals("auth") && seconds.has(second) ? message : "");
  }

  private static Order takes(Seconds seconds, int millis, int otherwise) {
    return Order.taking((service, second, number) -> seconds.has(second) ? millis : otherwise);
  }

  /** The upper bound of no error in 300 calls is 1 - 0.05^(1/300). */
  @Test
  void aLimitOnErrorsIsProvedByItsUpperBound() {
    assertThat(limit(new SyntheticRun(), HEALTHY, "auth", ERRORS))
        .isEqualTo(
            new Gate(
                "auth.errors",
                "auth",
                "errors < 1 %",
                0.0,
                "%",
                300,
                Outcome.PASS,
                "auth must have fewer errors than 1 %: 0 % (0 of 300);"
                    + " at most 0.994 % with 95 % confidence",
                0.993608,
                null));
  }

  @Test
  void whereNoCallMayFailThereIsNoBound() {
    Gate gate = limit(new SyntheticRun(), HEALTHY, "auth", Limit.errors(0));
    assertThat(gate.message()).isEqualTo("auth must have no errors: 0 % (0 of 300)");
    assertThat(gate.bound()).isNull();
    assertThat(gate.status()).isEqualTo(Outcome.PASS);
  }

  @ParameterizedTest
  @CsvSource({"4, PASS", "5, NOT_PROVED", "64, NOT_PROVED", "65, PASS"})
  void aClosedConnectionOfASharedAddressMayHaveBeenItsOwn(int second, Outcome outcome) {
    SyntheticRun dropping = new SyntheticRun().dropping("auth, content", 1, second);
    Gate gate = limit(dropping, HEALTHY, "auth", ERRORS);
    assertThat(gate.status()).isEqualTo(outcome);
    if (outcome == Outcome.NOT_PROVED) {
      assertThat(gate.message())
          .endsWith(
              "; not proved: 1 connections of the address that it shares with other services were"
                  + " closed without an answer; they may all have been its own");
    }
  }

  @Test
  void aClosedConnectionThatWouldChangeNothingIsNoDoubt() {
    SyntheticRun dropping = new SyntheticRun().dropping("auth, content", 1, 20);
    assertThat(limit(dropping, HEALTHY, "auth", Limit.errors(0.05)).status())
        .isEqualTo(Outcome.PASS);
    assertThat(limit(dropping, HEALTHY, "all", ERRORS).message())
        .startsWith(
            "all must have fewer errors than 1 %: 0.017 % (1 of 6,001,"
                + " 1 closed connections among them)");
    assertThat(last().status()).isEqualTo(Outcome.PASS);
  }

  /** With one error more its upper bound is 1.566 %: that of 1 of 301, not of 1 of 299. */
  @ParameterizedTest
  @CsvSource({"0.01565, NOT_PROVED", "0.01567, PASS"})
  void aClosedConnectionIsAlsoACall(double limit, Outcome outcome) {
    SyntheticRun dropping = new SyntheticRun().dropping("auth, content", 1, 20);
    assertThat(limit(dropping, HEALTHY, "auth", Limit.errors(limit)).status()).isEqualTo(outcome);
  }

  /** The upper bound of 1 of 6,001 is 0.079 %, that of 2 of 6,002 would be 0.105 %. */
  @Test
  void aClosedConnectionOfAnyServiceIsOneOfAllServicesOnlyOnce() {
    SyntheticRun dropping = new SyntheticRun().dropping("", 1, 20);
    Gate gate = limit(dropping, HEALTHY, "all", Limit.errors(0.001));
    assertThat(gate.status()).isEqualTo(Outcome.PASS);
    assertThat(gate.bound()).isEqualTo(0.079027);
  }

  @Test
  void itsOwnClosedConnectionsAreErrors() {
    Gate gate = limit(new SyntheticRun().dropping("auth", 2, 20), HEALTHY, "auth", ERRORS);
    assertThat(gate.message())
        .startsWith(
            "auth must have fewer errors than 1 %: 0.662 % (2 of 302,"
                + " 2 closed connections among them)");
    assertThat(gate.actual()).isEqualTo(2 / 302.0 * 100);
  }

  @Test
  void fewCallsAreNotJudged() {
    Gate gate = limit(new SyntheticRun(), Order.onlyTheFirst("auth", 99), "auth", ERRORS);
    assertThat(gate.actual()).isNull();
    assertThat(gate.status()).isEqualTo(Outcome.NO_DATA);
    assertThat(gate.message())
        .isEqualTo("auth: errors < 1 % cannot be judged on 99 samples; it takes 100");
    assertThat(limit(new SyntheticRun(), Order.onlyTheFirst("auth", 100), "auth", ERRORS).actual())
        .isZero();
    assertThat(limit(new SyntheticRun(), Order.onlyTheFirst("auth", 0), "auth", ERRORS).bound())
        .isNull();
  }

  /** All calls of every sixth second fail; one such second alone refutes nothing. */
  @Test
  void aLimitThatIsMissedOnlyWhileTheGeneratorStoodStillSaysNothing() {
    Order order = authFails(second -> second % 6 == 0, "status, 503 in place of 200");
    assertThat(limit(new SyntheticRun(), order, "auth", ERRORS).status()).isEqualTo(Outcome.FAIL);
    assertThat(last().message()).contains("16.667 % (50 of 300, in 10 episodes); at least ");
    assertThat(limit(new SyntheticRun(), order, "auth", ERRORS, 11).status())
        .isEqualTo(Outcome.FAIL);
    assertThat(write.disturbed()).isEmpty();
    Integer[] allButOne = {5, 11, 17, 23, 29, 35, 41, 47, 53};
    assertThat(limit(new SyntheticRun(), order, "auth", ERRORS, allButOne).status())
        .isEqualTo(Outcome.NO_DATA);
    assertThat(write.disturbed()).containsExactly(GateWriter.DISTURBED + last().message());
  }

  @Test
  void aLimitThatIsOpenOnlyWhileTheGeneratorStoodStillSaysNothingEither() {
    Order order = authFails(second -> second == 20 || second == 21, "status, 503 in place of 200");
    assertThat(limit(new SyntheticRun(), order, "auth", ERRORS).status())
        .isEqualTo(Outcome.UNDECIDED);
    assertThat(limit(new SyntheticRun(), order, "auth", Limit.errors(0.012), 25, 26).status())
        .isEqualTo(Outcome.NO_DATA);
  }

  @Test
  void latencyIsThatOfTheSteadySeconds() {
    Order order =
        Order.taking(
            (service, second, number) -> second < 4 ? 60 : service.equals("knowledge") ? 20 : 9);
    Gate auth = limit(new SyntheticRun(), order, "auth", AUTH);
    assertThat(auth.actual()).isEqualTo(9);
    assertThat(auth.unit()).isEqualTo("ms");
    assertThat(auth.message())
        .startsWith("auth p95 must be < %d ms: 9 ms (n = 290); at most ".formatted(AUTH.millis()));
    Gate all = limit(new SyntheticRun(), order, "all", ALL);
    assertThat(all.actual()).isEqualTo(20);
    assertThat(all.samples()).isEqualTo(5800);
  }

  @Test
  void whereTheWholeRunCountsItsRampsDo() {
    CallGates gates = gates(new SyntheticRun(), takes(second -> second < 4, 60, 9));
    Hold whole = new Hold("", "", 0, 65, 0);
    gates.limit(whole, "auth", AUTH);
    assertThat(last().actual()).isEqualTo(60);
    assertThat(last().samples()).isEqualTo(300);
    gates.limit(whole, "all", ALL);
    assertThat(last().actual()).isEqualTo(60);
    assertThat(last().samples()).isEqualTo(6000);
  }

  @ParameterizedTest
  @CsvSource({"0, 6", "1, 8"})
  void eachOfSeveralHoldsHasItsOwnFigures(int index, double millis) {
    RunFolder run = new SyntheticRun().write(folder, takes(second -> second < 30, 6, 8));
    Map<String, Double> load = run.facts().phases().get(1).rps();
    RunMetadata facts =
        run.facts()
            .withPhases(
                List.of(
                    new Phase("ramp", 0, 5, false, 0, 0, load),
                    new Phase("first", 5, 35, true, 0, 0, load),
                    new Phase("second", 35, 65, true, 0, 0, load)));
    Hold hold = Hold.of(facts, 2).get(index);
    CallGates gates = gates(run, facts, Set.of());
    gates.limit(hold, "auth", AUTH);
    assertThat(last().actual()).isEqualTo(millis);
    assertThat(last().samples()).isEqualTo(140);
    assertThat(last().id()).isEqualTo("auth.p95.hold-" + (index + 1));
    gates.limit(hold, "all", ALL);
    assertThat(last().actual()).isEqualTo(millis);
    assertThat(last().samples()).isEqualTo(2800);
  }

  /** Knowledge has half of all calls; content has none. */
  @Test
  void inOneOfSeveralHoldsAServiceHasItsOwnLatencyAndAllHaveThatOfEveryService() {
    Order order =
        new Order() {
          @Override
          public int requests(String service, int second, int planned) {
            return service.equals("content") ? 0 : planned;
          }

          @Override
          public int millis(String service, int second, int number) {
            return service.equals("knowledge") ? 20 : 9;
          }
        };
    RunFolder run = new SyntheticRun().write(folder, order);
    CallGates gates = gates(run, run.facts(), Set.of());
    Hold hold = new Hold(" in hold 2", ".hold-2", 5, 65, 7);
    gates.limit(hold, "auth", AUTH);
    assertThat(last().actual()).isEqualTo(9);
    gates.limit(hold, "all", ALL);
    assertThat(last().actual()).isEqualTo(20);
    assertThat(last().samples()).isEqualTo(58 * 90);
  }

  @Test
  void noAnswerMayHaveTheWrongContent() {
    gates(new SyntheticRun(), authFails(second -> second == 9, "content, no items in the answer"))
        .wrongContent();
    assertThat(last())
        .isEqualTo(
            new Gate(
                "all.content",
                "all",
                "no wrong content",
                5.0,
                "answers",
                6000,
                Outcome.FAIL,
                "no answer may have the wrong content: 5 had (n = 6,000)"));
    gates(new SyntheticRun(), authFails(second -> second == 9, "status, 503 in place of 200"))
        .wrongContent();
    assertThat(last().status()).isEqualTo(Outcome.PASS);
    assertThat(last().actual()).isZero();
  }

  @Test
  void withoutAnAnswerItsContentIsNotJudged() {
    Order none = Order.sending((service, second, planned) -> 0);
    gates(new SyntheticRun(), none).wrongContent();
    assertThat(last())
        .isEqualTo(
            new Gate(
                "all.content",
                "all",
                "no wrong content",
                null,
                "answers",
                0,
                Outcome.NO_DATA,
                "all: no wrong content cannot be judged on 0 samples"));
  }

  @ParameterizedTest
  @CsvSource({"59, 5, PASS", "60, 0, FAIL"})
  void anOperationNeedsACorrectAnswer(int failing, int right, Outcome outcome) {
    gates(new SyntheticRun(), authFails(second -> second < failing, "status, 503"))
        .answered("auth / call");
    assertThat(last())
        .isEqualTo(
            new Gate(
                "auth / call.answered",
                "auth / call",
                "answered correctly",
                (double) right,
                "calls",
                300,
                outcome,
                "auth / call needs at least one correct response: %d of 300".formatted(right)));
  }

  @Test
  void anOperationThatWasNeverCalledWasNotAnswered() {
    gates(new SyntheticRun(), HEALTHY).answered("auth / other");
    assertThat(last().status()).isEqualTo(Outcome.FAIL);
    assertThat(last().samples()).isZero();
  }

  @Test
  void aRunThatWasStoppedHasNotReachedItsEnd() {
    gates(new SyntheticRun(), HEALTHY).stopped(new Stopped(1234, "errors"));
    assertThat(last())
        .isEqualTo(
            new Gate(
                "run.complete",
                "run",
                "runs to its end",
                null,
                "s",
                1234,
                Outcome.FAIL,
                "the load was stopped after 1,234 s: errors"));
  }
}
