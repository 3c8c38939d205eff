package com.soundcore.kcp.workload;

import java.util.List;

/**
 * Deals choices by weight, evenly interleaved: of any hundred draws a weight of 30 % gets thirty,
 * so that a mix is held exactly and not only on average.
 *
 * <p>Smooth weighted round-robin, as in nginx's upstream balancer. Safe for use by several threads.
 */
final class WeightedRoundRobin<T> {
  private final List<T> choices;
  private final double[] weights;
  private final double[] credit;

  /**
   * @param choices at least one
   * @param weights one for each, above 0
   */
  WeightedRoundRobin(List<T> choices, List<Double> weights) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    this.choices = List.copyOf(choices);
    this.weights = weights.stream().mapToDouble(weight -> weight / sum).toArray();
    this.credit = new double[choices.size()];
  }

  synchronized T next() {
    int best = 0;
    for (int i = 0; i < credit.length; i++) {
      credit[i] += weights[i];
      if (credit[i] > credit[best]) {
        best = i;
      }
    }
    credit[best] -= 1;
    return choices.get(best);
  }
}
