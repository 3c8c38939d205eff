package com.soundcore.kcp.truth.search;

import com.soundcore.kcp.truth.search.QueueSystem.Churn;
import com.soundcore.kcp.truth.search.QueueSystem.Model;
import java.util.SplittableRandom;

/** How a system gives way as the rate rises. */
public enum Limits {
  /** All at once, near what its workers can do. */
  STEEP {
    @Override
    Model model(double capacity, SplittableRandom random) {
      return queue(capacity, random.nextDouble(5, 20), random.nextDouble(0.2, 0.5), 0, 0.01);
    }
  },
  /** Its latency rises long before. */
  GENTLE {
    @Override
    Model model(double capacity, SplittableRandom random) {
      return queue(capacity, random.nextDouble(40, 70), random.nextDouble(0.7, 0.9), 0.5, 0.02);
    }
  },
  /** It collapses some times a minute and recovers. */
  BISTABLE {
    @Override
    Model model(double capacity, SplittableRandom random) {
      Model ample = queue(1.5 * capacity, random.nextDouble(5, 20), 0.4, 0, 0.01);
      Churn churn =
          new Churn(
              4.0 / 60,
              capacity,
              random.nextDouble(0.02, 0.06),
              random.nextDouble(1, 3),
              random.nextDouble(400, 1500));
      return new Model(
          ample.workers(), ample.medianMs(), ample.sigma(), ample.rho(), ample.wander(), churn);
    }
  },
  /** What it can do goes up and down over many seconds. */
  WANDERING {
    @Override
    Model model(double capacity, SplittableRandom random) {
      return queue(
          capacity,
          random.nextDouble(8, 60),
          random.nextDouble(0.2, 0.8),
          random.nextDouble(0.5, 0.9),
          random.nextDouble(0.02, 0.05));
    }
  };

  abstract Model model(double capacity, SplittableRandom random);

  private static Model queue(
      double capacity, double meanMs, double sigma, double rho, double wander) {
    int workers = (int) Math.max(1, Math.round(capacity * meanMs / 1000));
    double exactMs = workers * 1000 / capacity;
    return new Model(workers, exactMs / Math.exp(sigma * sigma / 2), sigma, rho, wander, null);
  }
}
