package com.soundcore.kcp.truth.search;

import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.testkit.FaultlessCounts;
import com.soundcore.kcp.truth.time.Draws;
import java.util.Arrays;
import java.util.List;

/** One service: calls wait in order until one of its workers is free. Nothing ever fails. */
final class QueueSystem implements FaultlessCounts {
  private static final int FIRST_SECONDS = 1024;

  /**
   * What it is like.
   *
   * @param workers calls that are served at once
   * @param medianMs of the time that a worker needs for a call
   * @param sigma of its logarithm
   * @param rho how much of a second's speed is left in the next, from 0 to below 1
   * @param wander deviation of the speed's logarithm
   * @param churn episodes in which each call takes longer; null for none
   */
  record Model(int workers, double medianMs, double sigma, double rho, double wander, Churn churn) {
    double capacityPerSecond() {
      return workers * 1000 / (medianMs * Math.exp(sigma * sigma / 2));
    }
  }

  /**
   * A pool that opens and closes connections, or calls that are retried: the busier the service,
   * the more often for a while nothing is fast.
   *
   * @param perSecond episodes at the rate
   * @param rate calls per second
   * @param scale a rate higher by this fraction has e times as many
   * @param seconds each lasts
   * @param addedMs to each call that comes in one
   */
  record Churn(double perSecond, double rate, double scale, double seconds, double addedMs) {
    double chance(double calls) {
      return Math.min(1, perSecond * Math.exp((calls / rate - 1) / scale));
    }
  }

  private final Model model;
  private final String service;
  private final List<String> operations;
  private final int limitMs;
  private final Draws draws;
  private final double[] free;
  private double speed;
  private double churnsUntil;
  private int seconds;
  private long[] ended = new long[FIRST_SECONDS];
  private final long[][] started;
  private final long[][] slow;

  /**
   * @param operations each call is one of them, the first ones more often
   * @param limitMs from which on a call is slow
   */
  QueueSystem(Model model, String service, List<String> operations, int limitMs, Draws draws) {
    this.model = model;
    this.service = service;
    this.operations = operations;
    this.limitMs = limitMs;
    this.draws = draws;
    this.free = new double[model.workers()];
    this.started = new long[operations.size() + 1][FIRST_SECONDS];
    this.slow = new long[operations.size() + 1][FIRST_SECONDS];
    this.speed = model.wander() * draws.normal();
  }

  /** Simulates a second with this number of evenly spaced calls. */
  void second(int calls) {
    reach(seconds);
    double rho = model.rho();
    speed = rho * speed + Math.sqrt(1 - rho * rho) * model.wander() * draws.normal();
    Churn churn = model.churn();
    if (churn != null && seconds >= churnsUntil && draws.chance(churn.chance(calls))) {
      churnsUntil = seconds + draws.uniform() + churn.seconds();
    }
    for (int i = 0; i < calls; i++) {
      call(seconds + (i + draws.uniform()) / calls);
    }
    seconds++;
  }

  private void call(double at) {
    int worker = 0;
    for (int i = 1; i < free.length; i++) {
      worker = free[i] < free[worker] ? i : worker;
    }
    double work = model.medianMs() / 1000 * Math.exp(model.sigma() * draws.normal() + speed);
    free[worker] = Math.max(at, free[worker]) + work;
    double end = free[worker] + (at < churnsUntil ? model.churn().addedMs() / 1000 : 0);
    boolean isSlow = (end - at) * 1000 >= limitMs;
    // The first of two has two thirds of the calls, and so on.
    int operation = 1;
    while (operation < operations.size() && draws.chance(1.0 / 3)) {
      operation++;
    }
    count(started, operation);
    if (isSlow) {
      count(slow, operation);
    }
    reach((int) end);
    ended[(int) end]++;
  }

  private void count(long[][] counts, int operation) {
    counts[0][seconds]++;
    counts[operation][seconds]++;
  }

  private void reach(int second) {
    if (second >= ended.length) {
      ended = Arrays.copyOf(ended, second * 2);
      for (int i = 0; i < started.length; i++) {
        started[i] = Arrays.copyOf(started[i], second * 2);
        slow[i] = Arrays.copyOf(slow[i], second * 2);
      }
    }
  }

  /** The share of slow calls since a second. */
  double slowSince(int from) {
    double slowCalls = 0;
    double calls = 0;
    for (int second = from; second < seconds; second++) {
      slowCalls += slow[0][second];
      calls += started[0][second];
    }
    return slowCalls / calls;
  }

  private int index(String subject) {
    return Subject.isOperation(subject) ? 1 + operations.indexOf(Subject.nameOf(subject)) : 0;
  }

  @Override
  public long started(String subject, int second) {
    return second < seconds ? started[index(subject)][second] : 0;
  }

  @Override
  public long ended(String subject, int second) {
    return second < seconds ? ended[second] : 0;
  }

  @Override
  public long slow(String subject, int second) {
    return second < seconds ? slow[index(subject)][second] : 0;
  }

  @Override
  public String toString() {
    return service + " " + model;
  }
}
