package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.KcpConfig.RunOptions;
import java.time.Duration;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** The think time of closed-model users after a journey: uniform, from the run's seed. */
public final class Thinking {
  private final UniformRandomProvider random;
  private final long minMillis;
  private final long maxMillis;

  public Thinking(RunOptions run) {
    this.random = RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {run.seed(), 1});
    this.minMillis = run.thinkMin().toMillis();
    this.maxMillis = run.thinkMax().toMillis();
  }

  public synchronized Duration next() {
    return Duration.ofMillis(minMillis + random.nextLong(maxMillis - minMillis + 1));
  }
}
