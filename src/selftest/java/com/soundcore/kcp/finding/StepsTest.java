package com.soundcore.kcp.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.Judge;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Response times that wander: each second's depends on the one before. */
class StepsTest {
  private static final double USUAL_MS = 60;
  private static final int SEEDS = 40;
  private static final int SECONDS = 120;
  private static final int FROM = 60;

  @TempDir private Path folder;

  /** Log-normal times of an autoregressive mean, multiplied by a factor from one second on. */
  private Optional<Steps.Step> step(long seed, double rho, double sigma, double times) {
    return step(seed, rho, sigma, times, GeneratorEffect.NONE);
  }

  private Optional<Steps.Step> step(
      long seed, double rho, double sigma, double times, GeneratorEffect effect) {
    ZigguratSampler.NormalizedGaussian gaussian =
        ZigguratSampler.NormalizedGaussian.of(
            RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {seed, 1}));
    double[] wander = new double[SECONDS];
    for (int second = 1; second < SECONDS; second++) {
      wander[second] =
          rho * wander[second - 1] + sigma * Math.sqrt(1 - rho * rho) * gaussian.sample();
    }
    RunFolder run =
        new SyntheticRun()
            .holding(SECONDS)
            .write(
                folder.resolve(seed + "-" + times + effect.itsOwn().size()),
                SyntheticRun.Order.taking(
                    (service, second, number) -> {
                      double ms = USUAL_MS * Math.exp(wander[second]) + number % 5;
                      return (int) Math.round(ms * (second < FROM ? 1 : times));
                    }));
    return new Steps(
            new ServiceSignals(
                SyntheticRun.CONFIG,
                run.facts(),
                RunModelBuilder.read(
                    run, run.facts(), 2, Judge.limits(SyntheticRun.CONFIG, run.facts())),
                List.of(),
                List.of(),
                effect))
        .of("analytics");
  }

  @Test
  void aWanderingLatencyIsNoStep() {
    long found =
        IntStream.range(0, SEEDS).filter(seed -> step(seed, 0.95, 0.8, 1).isPresent()).count();
    assertThat(found).isLessThanOrEqualTo(1);
  }

  @Test
  void aStepOfTheGeneratorsOwnSecondsIsNone() {
    Set<Integer> own = IntStream.range(FROM, 1_000).boxed().collect(Collectors.toSet());
    assertThat(step(0, 0.5, 0.3, 4, new GeneratorEffect(false, own))).isEmpty();
  }

  @Test
  void aStepIsFoundInOrdinaryNoise() {
    for (int seed = 0; seed < 5; seed++) {
      assertThat(step(seed, 0.5, 0.3, 4)).as("seed %d", seed).isPresent();
      assertThat(step(seed, 0.5, 0.3, 4).orElseThrow().from()).isBetween(63, 67);
    }
  }
}
