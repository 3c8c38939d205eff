package com.soundcore.kcp.live;

import com.soundcore.kcp.config.Asserts;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Operation;
import com.soundcore.kcp.config.Target;
import com.soundcore.kcp.result.PlannedSeconds;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.workload.Observer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The budgets of a test's gates, spent by the calls that the gates will judge. */
final class Budgets implements Observer {
  private static final long NOT_YET = 0;

  private final boolean wholeRun;
  private final PlannedSeconds seconds;
  private final RunFacts facts;
  private final List<Budget> budgets = new ArrayList<>();
  private final AtomicLong startMs = new AtomicLong(NOT_YET);
  // Nothing that is faster than this, and right, is beyond any gate.
  private final long fastestLimitMs;

  Budgets(KcpConfig config, RunFacts facts) {
    this.facts = facts;
    Asserts asserts = config.tests().get(facts.setup().simulation()).asserts();
    wholeRun = asserts.wholeRun();
    seconds = new PlannedSeconds(facts.phases(), (int) config.gates().settle().toSeconds());
    // One of several injectors sees its own part only: what it has lost the others may make good.
    boolean alone = config.injector().count() == 1;
    if (alone && asserts.earlyStop() && config.earlyStop().lostGates()) {
      fill(config, asserts);
    }
    fastestLimitMs = budgets.stream().mapToLong(Budget::slowerThanMs).min().orElse(Long.MAX_VALUE);
  }

  private void fill(KcpConfig config, Asserts asserts) {
    double more = 1 + config.earlyStop().margin();
    asserts
        .errorRate()
        .ifPresent(limit -> budgets.add(Budget.ofErrors(Budget.ALL, limit, planned() * more)));
    slow(asserts.p95(), 95, more);
    slow(asserts.p99(), 99, more);
    if (asserts.services()) {
      for (String service : facts.operations().keySet()) {
        Target target = config.allServices().get(service).target();
        double planned = planned(service) * more;
        budgets.add(Budget.ofErrors(service, target.errorRate(), planned));
        budgets.add(Budget.ofSlow(service, 95, target.p95().toMillis(), planned));
      }
    }
  }

  private void slow(Optional<Duration> limit, double percentile, double more) {
    limit.ifPresent(
        p -> budgets.add(Budget.ofSlow(Budget.ALL, percentile, p.toMillis(), planned() * more)));
  }

  private double planned() {
    return facts.operations().keySet().stream().mapToDouble(this::planned).sum();
  }

  /** Calls planned for the part of the run that is judged. */
  private double planned(String service) {
    double calls = 0;
    for (int second = 0; second < facts.plannedSeconds(); second++) {
      if (isJudged(second)) {
        calls += facts.plannedRps(service, second + 0.5);
      }
    }
    return calls;
  }

  private boolean isJudged(int second) {
    return wholeRun || seconds.isSteady(second);
  }

  List<Budget> all() {
    return List.copyOf(budgets);
  }

  @Override
  public void userStarts() {
    if (startMs.get() == NOT_YET) {
      startMs.compareAndSet(NOT_YET, System.currentTimeMillis());
    }
  }

  @Override
  public void userEnds() {
    // only calls count
  }

  @Override
  public void sent(Operation operation) {
    // only their ends count
  }

  @Override
  public void answered(Operation operation, int millis, boolean ok, int bytes, String wrong) {
    if (ok && millis < fastestLimitMs) {
      return;
    }
    int second = (int) ((System.currentTimeMillis() - millis - startMs.get()) / 1000);
    if (second >= 0 && isJudged(second)) {
      budgets.forEach(budget -> budget.answered(operation.service(), millis, ok));
    }
  }
}
