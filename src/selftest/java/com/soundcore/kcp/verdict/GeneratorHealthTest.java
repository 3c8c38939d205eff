package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig.Generator;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ramp of 10 s and a hold of 20 s in the closed model, unless a test says otherwise. */
class GeneratorHealthTest {
  private static final Generator LIMITS = SyntheticRun.CONFIG.generator();
  private static final String ADVICE =
      "; the generator, not the system, may be what was measured: use a larger machine, fewer"
          + " services or several injectors";
  private static final int SECONDS = 30;

  private static GeneratorSample sample(int second, double cpu, double pause) {
    return new GeneratorSample(second, cpu, 0.7, pause, 0, 2, 100);
  }

  private static List<GeneratorSample> each(GeneratorSample like, int samples) {
    return IntStream.range(0, samples)
        .mapToObj(
            second ->
                new GeneratorSample(
                    second,
                    like.processCpu(),
                    like.machineCpu(),
                    like.maxPauseMs(),
                    like.pausedMs(),
                    like.gcPauseMs(),
                    like.openFiles(),
                    like.throttledMs(),
                    like.stealShare(),
                    like.loopLateMs(),
                    like.embeddedCpu(),
                    like.compilersCpu()))
        .toList();
  }

  private static RunEnd end(List<GeneratorSample> samples, long lag) {
    CountsBySecond shed = new CountsBySecond(Map.of("auth", Map.of(12, 7L)));
    return new RunEnd(true, shed, CountsBySecond.NONE, samples, Map.of(), null, lag, null, null, 0);
  }

  private static RunMetadata facts(
      List<GeneratorSample> samples, long lag, long arrivals, List<RunMetadata> parts) {
    RunMetadata like = new SyntheticRun().injector(1, 2).facts();
    List<Phase> phases =
        List.of(
            new Phase("ramp", 0, 10, false, 0, 0, Map.of("auth", 5.0)),
            new Phase("hold", 10, SECONDS, true, 0, arrivals, Map.of("auth", 5.0)));
    return new RunMetadata(
        like.setup(),
        like.operations(),
        Map.of(),
        phases,
        0,
        arrivals,
        end(samples, lag),
        parts,
        0);
  }

  private static GeneratorHealth health(List<GeneratorSample> samples) {
    return GeneratorHealth.of(facts(samples, 0, 0, List.of()), Timeline.empty(), LIMITS);
  }

  @Test
  void aQuietGeneratorIsValid() {
    assertThat(health(each(sample(0, 0.3456, 12.34), SECONDS)))
        .isEqualTo(new GeneratorHealth("valid", 0, 0, 7, 0, 34.6, 12.3, 2, List.of()));
  }

  @Test
  void nineTenthsOfTheSamplesAreEnough() {
    assertThat(health(each(sample(0, 0.3, 0), 27)).messages()).isEmpty();
    GeneratorHealth unwatched = health(each(sample(0, 0.3, 0), 26));
    assertThat(unwatched.status()).isEqualTo("saturated");
    assertThat(unwatched.messages())
        .containsExactly(
            "the generator watched itself for 26 s of 30 s only; its figures cannot be trusted");
  }

  @Test
  void aPauseOfTheLimitIsAllowedAndALongerOneIsNot() {
    assertThat(health(each(sample(0, 0.3, 150), SECONDS)).messages()).isEmpty();
    assertThat(health(each(sample(0, 0.3, 151), SECONDS)).messages())
        .containsExactly("the generator paused for 151 ms (limit 150 ms)" + ADVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.96, 0, 0, 0, 0, 'used all cores for 96 % of the worst 10 s of a hold (limit 95 %)'",
    "0, 110, 0, 0, 0, 'was kept waiting for a processor for 11 % of the worst 10 s of a hold (limit"
        + " 10 %)'",
    "0, 0, 110, 0, 0, 'was stopped by its processor quota (cgroup) for 11 % of the worst 10 s of a"
        + " hold (limit 10 %)'",
    "0, 0, 0, 0.11, 0, 'lost its processors to other virtual machines (steal) for 11 % of the worst"
        + " 10 s of a hold (limit 10 %)'",
    "0, 0, 0, 0, 310, 'had an event loop that was late by 20 ms and more (pauses of the process not"
        + " counted) for 31 % of the worst 10 s of a hold (limit 30 %)'"
  })
  void aShareAboveItsLimitSaturates(
      double cpu, double paused, double throttled, double steal, double loop, String what) {
    GeneratorSample like =
        new GeneratorSample(0, cpu, 0.7, 0, paused, 2, 100, throttled, steal, loop, 0, 0);
    assertThat(health(each(like, SECONDS)).messages())
        .containsExactly("the generator " + what + ADVICE);
  }

  @ParameterizedTest
  @CsvSource({"0.95, 0, 0, 0, 0", "0, 100, 0, 0, 0", "0, 0, 100, 0, 0", "0, 0, 0, 0, 300"})
  void aShareOfItsLimitIsAllowed(
      double cpu, double paused, double throttled, double steal, double loop) {
    GeneratorSample like =
        new GeneratorSample(0, cpu, 0.7, 0, paused, 2, 100, throttled, steal, loop, 0, 0);
    assertThat(health(each(like, SECONDS)).messages()).isEmpty();
  }

  @Test
  void theEventsOfARampDoNotCount() {
    List<GeneratorSample> samples = new ArrayList<>(each(sample(0, 0.3, 0), SECONDS));
    samples.set(9, sample(9, 1, 500));
    assertThat(health(samples).messages()).isEmpty();
    samples.set(10, sample(10, 0.3, 500));
    assertThat(health(samples).messages())
        .containsExactly("the generator paused for 500 ms (limit 150 ms)" + ADVICE);
  }

  @Test
  void arrivalsThatNeverCameAreLateByTheWholeHold() {
    RunMetadata facts = facts(each(sample(0, 0.3, 0), SECONDS), 0, 200, List.of());
    GeneratorHealth health = GeneratorHealth.of(facts, Timeline.empty(), LIMITS);
    assertThat(health.maxLagMs()).isEqualTo(20_000);
    assertThat(health.messages())
        .containsExactly("arrivals were up to 20,000 ms behind their plan (limit 500 ms)" + ADVICE);
  }

  @ParameterizedTest
  @CsvSource({"500, valid", "501, saturated"})
  void anInjectorsOwnLagCounts(long lag, String status) {
    RunMetadata part = facts(each(sample(0, 0.5, 20), SECONDS), lag, 0, List.of());
    RunMetadata whole = facts(each(sample(0, 0.3, 10), SECONDS), 0, 0, List.of(part));
    GeneratorHealth health = GeneratorHealth.of(whole, Timeline.empty(), LIMITS);
    List<String> messages =
        lag == 500
            ? List.of()
            : List.of(
                "injector 1: arrivals were up to 501 ms behind their plan (limit 500 ms)" + ADVICE);
    assertThat(health).isEqualTo(new GeneratorHealth(status, 0, 0, 7, 0, 50.0, 20.0, 2, messages));
  }

  @Test
  void aStandstillDisturbsTheSecondsAroundIt() {
    List<GeneratorSample> samples =
        List.of(
            sample(3, 0.3, 49.9),
            sample(10, 0.3, 50),
            sample(20, 0.3, 1001),
            new GeneratorSample(28, 0.3, 0.7, 0, 0, 2, 100, 50, 0, 900, 0, 0));
    assertThat(GeneratorPauses.in(facts(samples, 0, 0, List.of()), LIMITS).disturbed())
        .containsExactly(9, 10, 11, 18, 19, 20, 21, 22, 27, 28, 29);
  }

  @Test
  void theStandstillOfOneInjectorDisturbsTheWhole() {
    RunMetadata part = facts(List.of(sample(5, 0.3, 60)), 0, 0, List.of());
    assertThat(GeneratorPauses.in(facts(List.of(), 0, 0, List.of(part)), LIMITS).disturbed())
        .containsExactly(4, 5, 6);
  }
}
