package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.live.calls.ClosedConnections;
import com.soundcore.kcp.live.calls.LiveCounts;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import com.soundcore.kcp.verdict.Gate.Outcome;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.LoadTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnmeetableGatesTest {
  private static KcpConfig config(String... pairs) {
    Properties properties = new Properties();
    // Everything counts from the first second on, so that a test needs no second to pass.
    properties.put("kcp.gates.settle", "0s");
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return ConfigLoader.load(properties);
  }

  /** What auth answers in a second. */
  private interface Answers {
    /** Whether a call fails. */
    boolean fails(int second, int number);

    default int millis() {
      return 5;
    }
  }

  private final AtomicLong nanos = new AtomicLong();

  /** Returns the first limit that cannot be met after these seconds of calls of auth. */
  private String unmeetable(
      KcpConfig config, RunMetadata facts, int seconds, int perSecond, Answers answers) {
    return gates(config, facts, seconds, perSecond, answers).at(seconds).orElse("");
  }

  private UnmeetableGates gates(
      KcpConfig config, RunMetadata facts, int seconds, int perSecond, Answers answers) {
    nanos.set(0);
    LoadTime time = new LoadTime(nanos::get);
    time.userStarts();
    Map<String, Target> targets = new TreeMap<>();
    facts
        .operations()
        .keySet()
        .forEach(name -> targets.put(name, config.allServices().get(name).target()));
    LiveCounts counts =
        new LiveCounts(
            time,
            new InFlight(() -> 10, time),
            new ClosedConnections(time, Map.of()),
            facts.plannedSeconds(),
            targets,
            Judge.limits(config, facts));
    Operation me = config.allServices().get("auth").operations().get("me");
    for (int second = 0; second < seconds; second++) {
      // Late enough in the second for a call to have begun in it.
      nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
      for (int number = 0; number < perSecond; number++) {
        boolean fails = answers.fails(second, number);
        counts.answered(me, answers.millis(), !fails, 1, fails ? "500 in place of 200" : "");
      }
      nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return new UnmeetableGates(config, facts, counts);
  }

  @Test
  void oneErrorEndsATestThatAllowsNone() {
    KcpConfig config = config("kcp.tests.smoke.asserts.early-stop", "true");
    assertThat(unmeetable(config, smoke(), 1, 10, (second, number) -> number == 0))
        .isEqualTo(
            "the limit 'no errors' for all services can no longer be met: 1 of about 6,250 calls"
                + " failed");
    assertThat(unmeetable(config, smoke(), 1, 10, (second, number) -> false)).isEmpty();
  }

  @Test
  void errorsOfALaterSecondDoNotCountYet() {
    KcpConfig config = config("kcp.tests.smoke.asserts.early-stop", "true");
    assertThat(gates(config, smoke(), 1, 10, (second, number) -> true).at(0)).isEmpty();
  }

  @Test
  void aTestThatNeverStopsEarlyHasNone() {
    assertThat(unmeetable(config(), smoke(), 1, 100, (second, number) -> true)).isEmpty();
  }

  @Test
  void theKeySwitchesThemOff() {
    KcpConfig config =
        config("kcp.tests.smoke.asserts.early-stop", "true", "kcp.early-stop.lost-gates", "false");
    assertThat(unmeetable(config, smoke(), 1, 100, (second, number) -> true)).isEmpty();
  }

  @Test
  void oneOfSeveralInjectorsDoesNotKnowTheCallsOfTheOthers() {
    KcpConfig config =
        config("kcp.tests.smoke.asserts.early-stop", "true", "kcp.injector.count", "2");
    assertThat(unmeetable(config, smoke(), 1, 100, (second, number) -> true)).isEmpty();
  }

  @Test
  void errorsInEverySecondAreRefutedBeforeTheHoldEnds() {
    KcpConfig config = config("kcp.targets.auth.error-rate", "1%");
    Answers all = (second, number) -> true;
    assertThat(unmeetable(config, heldForAMinute(), 3, 5, all)).isEmpty();
    assertThat(unmeetable(config, heldForAMinute(), 40, 5, all))
        .isEqualTo(
            "the limit 'errors < 1 %' for auth can no longer be met: 200 of about 300 calls"
                + " failed");
  }

  /** The verdict would be UNDECIDED: a single episode does not refute a rate. */
  @Test
  void asManyErrorsInOneEpisodeStopNothing() {
    KcpConfig config = config("kcp.targets.auth.error-rate", "1%");
    assertThat(unmeetable(config, heldForAMinute(), 10, 5, (second, number) -> second < 2))
        .isEmpty();
  }

  /** In the closed model a fast system answers more calls than planned. */
  @Test
  void callsAboveThePlanLeaveTheRestOfTheHoldToCome() {
    KcpConfig config = config("kcp.targets.auth.error-rate", "1%");
    Answers all = (second, number) -> true;
    assertThat(unmeetable(config, heldForAMinute(), 12, 25, all)).isEmpty();
  }

  @Test
  void slowCallsRefuteAPercentile() {
    KcpConfig config = config("kcp.targets.auth.p95", "100ms");
    assertThat(unmeetable(config, heldForAMinute(), 40, 5, taking(99))).isEmpty();
    assertThat(unmeetable(config, heldForAMinute(), 50, 5, taking(100)))
        .isEqualTo(
            "the limit 'p95 < 100 ms' for auth can no longer be met: 250 of about 300 calls took"
                + " 100 ms or longer");
  }

  @Test
  void aPercentileOfAllServicesIsNamedWithoutAHoldWhereTheWholeRunIsJudged() {
    KcpConfig config =
        config(
            "kcp.tests.smoke.asserts.early-stop", "true", "kcp.tests.smoke.asserts.p95", "500ms");
    assertThat(unmeetable(config, smoke(), 40, 100, taking(1500)))
        .isEqualTo(
            "the limit 'p95 < 500 ms' for all services can no longer be met: 4,000 of about 6,250"
                + " calls took 500 ms or longer");
  }

  /** Otherwise the stop itself would make a run fail that could have passed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21})
  void aStoppedRunWouldHaveFailedWithAPerfectRest(int everySeconds, @TempDir Path folder) {
    RunMetadata facts = new SyntheticRun().facts();
    Answers answers = (second, number) -> second >= 5 && second % everySeconds == 0;
    int stop = 6;
    while (stop < 65 && unmeetable(SyntheticRun.CONFIG, facts, stop, 5, answers).isEmpty()) {
      stop++;
    }
    int end = stop;
    Order order =
        Order.failing(
            (service, second, number) ->
                service.equals("auth") && second + 5 < end && answers.fails(second + 5, number)
                    ? "500 in place of 200"
                    : "");
    assertThat(SyntheticVerdict.of(new SyntheticRun().write(folder, order)).gates())
        .filteredOn(gate -> gate.id().endsWith(".errors") && gate.status() == Outcome.FAIL)
        .as("stopped after %d of 65 s", end)
        .hasSizeGreaterThanOrEqualTo(end < 65 ? 1 : 0);
    // Errors in every second must be seen in time, so that the loop above cannot prove nothing.
    assertThat(everySeconds > 1 || end < 65).isTrue();
  }

  private static Answers taking(int millis) {
    return new Answers() {
      @Override
      public boolean fails(int second, int number) {
        return false;
      }

      @Override
      public int millis() {
        return millis;
      }
    };
  }

  private static RunMetadata smoke() {
    return new SyntheticRun().of("smoke").facts();
  }

  private static RunMetadata heldForAMinute() {
    RunMetadata run = new SyntheticRun().of("load").facts();
    Phase hold = run.phases().get(1);
    Phase whole = new Phase("hold 100", 0, 60, true, 0, 6000, hold.rps());
    return new RunMetadata(
        run.setup(), run.operations(), List.of(whole), run.startedAtMs(), 6000, run.end());
  }
}
