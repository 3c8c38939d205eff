package com.soundcore.kcp.truth.generator;

import java.util.List;

/** Deals choices by weight, evenly interleaved, as the suite's own rotation does. */
final class Deal {
  private final double[] weights;
  private final double[] credit;

  /**
   * @param weights above 0, one for each choice; at least one
   */
  Deal(List<Double> weights) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    this.weights = weights.stream().mapToDouble(weight -> weight / sum).toArray();
    this.credit = new double[weights.size()];
  }

  /** The number of the next choice. */
  int next() {
    int best = 0;
    for (int i = 0; i < credit.length; i++) {
      credit[i] += weights[i];
      if (credit[i] > credit[best]) {
        best = i;
      }
    }
    credit[best] -= 1;
    return best;
  }
}
