package com.soundcore.kcp.workload;

import java.util.List;

/**
 * A weighted choice that is evenly interleaved. Of any hundred draws, a weight of 30 % gets thirty,
 * so the mix is exact and not only correct on average.
 *
 * <p>The algorithm is smooth weighted round-robin, as in nginx's upstream balancer. Thread-safe.
 */
final class WeightedRoundRobin<T> {
  private final List<T> choices;
  private final double[] weights;
  private final double[] credit;

  /**
   * @param choices the choices; at least one
   * @param weights one weight for each choice; above 0
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
