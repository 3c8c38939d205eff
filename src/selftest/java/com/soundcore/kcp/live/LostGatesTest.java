package com.soundcore.kcp.live;

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
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.LoadTime;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LostGatesTest {
  private static KcpConfig config(String... pairs) {
    Properties properties = new Properties();
    // Everything counts from the first second on, so that a test needs no second to pass.
    properties.put("kcp.gates.settle", "0s");
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return ConfigLoader.load(properties);
  }

  /** Returns the lost gates after this number of wrong calls of auth in the first second. */
  private static String lost(KcpConfig config, String test, int wrong, int right, int now) {
    return lost(config, new SyntheticRun().of(test).facts(), wrong, right, now);
  }

  private static String lost(KcpConfig config, RunMetadata facts, int wrong, int right, int now) {
    return lost(config, facts, 5, wrong, right, now);
  }

  private static String lost(
      KcpConfig config, RunMetadata facts, int millis, int wrong, int right, int now) {
    LoadTime time = new LoadTime();
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
    for (int i = 0; i < wrong + right; i++) {
      counts.answered(me, millis, i >= wrong, 1, i >= wrong ? "" : "500 in place of 200");
    }
    return new LostGates(config, facts, counts).at(now).orElse("");
  }

  @Test
  void aLimitOfTheWholeRunIsLostWhenTheRestCannotMakeItGood() {
    KcpConfig config = config("kcp.tests.smoke.asserts.early-stop", "true");
    assertThat(lost(config, "smoke", 1, 10, 1))
        .isEqualTo(
            "the limit 'no errors' for all services can no longer be met: 1 of about 6,250 calls"
                + " failed");
    assertThat(lost(config, "smoke", 0, 10, 1)).isEmpty();
  }

  @Test
  void whatHasNotHappenedYetIsNotLost() {
    KcpConfig config = config("kcp.tests.smoke.asserts.early-stop", "true");
    assertThat(lost(config, "smoke", 1, 10, 0)).isEmpty();
  }

  @Test
  void aTestThatIsNeverStoppedEarlyHasNothingToLose() {
    assertThat(lost(config(), "smoke", 100, 0, 1)).isEmpty();
  }

  @Test
  void whereLostLimitsStopNothingThereAreNone() {
    KcpConfig config =
        config("kcp.tests.smoke.asserts.early-stop", "true", "kcp.early-stop.lost-gates", "false");
    assertThat(lost(config, "smoke", 100, 0, 1)).isEmpty();
  }

  @Test
  void oneOfSeveralInjectorsDoesNotKnowWhatTheOthersHave() {
    KcpConfig config =
        config("kcp.tests.smoke.asserts.early-stop", "true", "kcp.injector.count", "2");
    assertThat(lost(config, "smoke", 100, 0, 1)).isEmpty();
  }

  @Test
  void aLimitOfAHoldIsLostWhenMoreIsBeyondItThanTheWholeHoldAllows() {
    KcpConfig config = config("kcp.targets.auth.error-rate", "10%");
    RunMetadata facts = heldForAMinute();
    assertThat(lost(config, facts, 5, 0, 1)).isEmpty();
    assertThat(lost(config, facts, 50, 0, 1))
        .isEqualTo(
            "the limit 'errors < 10 %' for auth in hold 100 can no longer be met: 50 of about 300"
                + " calls failed");
    assertThat(lost(config, facts, 50, 0, 0)).isEmpty();
  }

  @Test
  void aPercentileIsLostToCallsThatTookTooLong() {
    RunMetadata facts = heldForAMinute();
    assertThat(lost(config("kcp.targets.auth.p95", "100ms"), facts, 99, 0, 50, 1)).isEmpty();
    assertThat(lost(config("kcp.targets.auth.p95", "100ms"), facts, 100, 0, 50, 1))
        .isEqualTo(
            "the limit 'p95 < 100 ms' for auth in hold 100 can no longer be met: 50 of about 300"
                + " calls took 100 ms or longer");
  }

  @Test
  void aPercentileOfAllServicesIsNamedWithoutAHoldWhereTheWholeRunIsJudged() {
    KcpConfig config =
        config(
            "kcp.tests.smoke.asserts.early-stop", "true", "kcp.tests.smoke.asserts.p95", "500ms");
    assertThat(lost(config, new SyntheticRun().of("smoke").facts(), 500, 0, 1500, 1))
        .isEqualTo(
            "the limit 'p95 < 500 ms' for all services can no longer be met: 1,500 of about 6,250"
                + " calls took 500 ms or longer");
  }

  private static RunMetadata heldForAMinute() {
    RunMetadata run = new SyntheticRun().of("load").facts();
    Phase hold = run.phases().get(1);
    Phase whole = new Phase("hold 100", 0, 60, true, 0, 6000, hold.rps());
    return new RunMetadata(
        run.setup(), run.operations(), List.of(whole), run.startedAtMs(), 6000, run.end());
  }
}
