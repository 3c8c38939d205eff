package com.soundcore.kcp.truth.system;

import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.model.Trouble.ColdCache;
import com.soundcore.kcp.truth.model.Trouble.Drift;
import com.soundcore.kcp.truth.model.Trouble.Noise;
import com.soundcore.kcp.truth.model.Trouble.SlowRecovery;
import com.soundcore.kcp.truth.model.Trouble.Step;
import com.soundcore.kcp.truth.model.Truth.Span;
import com.soundcore.kcp.truth.time.Autoregression;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** By how much the times of a service's calls are other than usual; set anew every second. */
public final class Conditions {
  private final ServiceModel model;
  private final List<String> operations;
  private final double[] factors;
  private final double[] addedMicros;
  private final List<Autoregression> noises = new ArrayList<>();
  private final List<Span> slow = new ArrayList<>();
  private int slowSince = -1;
  private int quiet;

  /**
   * @param operations of the service, in the order of their numbers
   */
  public Conditions(ServiceModel model, List<String> operations, Draws draws) {
    this.model = model;
    this.operations = operations;
    factors = new double[operations.size()];
    addedMicros = new double[operations.size()];
    for (Trouble trouble : model.troubles()) {
      if (trouble instanceof Noise noise) {
        noises.add(new Autoregression(noise.rho(), noise.sigma(), draws));
      }
    }
  }

  /** The time of a call, in microseconds, that would take so long at rest. */
  public double micros(int operation, double atRest) {
    return atRest * factors[operation] + addedMicros[operation];
  }

  /** When the service was slow for having been asked too much. */
  public List<Span> slow() {
    List<Span> all = new ArrayList<>(slow);
    if (slowSince >= 0) {
      all.add(new Span(slowSince, Span.NEVER));
    }
    return all;
  }

  /**
   * A second begins.
   *
   * @param received calls that came in the one before
   */
  public void begin(int second, long received) {
    double factor = 1;
    double added = 0;
    for (Autoregression noise : noises) {
      factor *= Math.exp(noise.value());
      noise.next();
    }
    for (Trouble trouble : model.troubles()) {
      if (trouble instanceof ColdCache cold) {
        factor *= 1 + (cold.factor() - 1) * Math.exp(-second / cold.tauSeconds());
      } else if (trouble instanceof Drift drift) {
        added += drift.msPerSecond() * second * Micros.MILLI;
      } else if (trouble instanceof SlowRecovery slowly) {
        factor *= isSlow(slowly, second, received) ? slowly.factor() : 1;
      }
    }
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factor * model.operationFactors().getOrDefault(operations.get(i), 1.0);
    }
    Arrays.fill(addedMicros, added);
    for (Trouble trouble : model.troubles()) {
      if (trouble instanceof Step step && second >= step.from() && second < step.to()) {
        step(step);
      }
    }
  }

  private void step(Step step) {
    for (int i = 0; i < factors.length; i++) {
      if (step.operation().equals(Trouble.ALL) || step.operation().equals(operations.get(i))) {
        factors[i] *= step.factor();
        addedMicros[i] += step.addMs() * Micros.MILLI;
      }
    }
  }

  private boolean isSlow(SlowRecovery trouble, int second, long received) {
    if (received > trouble.abovePerSecond()) {
      slowSince = slowSince < 0 ? second : slowSince;
      quiet = 0;
    } else if (slowSince >= 0 && ++quiet >= trouble.quietSeconds()) {
      slow.add(new Span(slowSince, second));
      slowSince = -1;
    }
    return slowSince >= 0;
  }
}
