package com.soundcore.kcp.live;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.live.calls.LiveCounts;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SteadyState;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.verdict.CallSample;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.Limit;
import com.soundcore.kcp.verdict.ServiceLevel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Limits that are already broken, whatever the rest of their hold brings. */
final class LostGates {
  private final RunMetadata facts;
  private final LiveCounts counts;
  private final int settleSeconds;
  private final boolean wholeRun;
  private final double confidence;
  private final Map<String, List<Limit>> limits;
  private final int operationLimits;

  LostGates(KcpConfig config, RunMetadata facts, LiveCounts counts) {
    this.facts = facts;
    this.counts = counts;
    Asserts asserts = config.tests().get(facts.setup().simulation()).asserts();
    settleSeconds = (int) config.gates().settle().toSeconds();
    wholeRun = asserts.wholeRun();
    confidence = config.gates().confidence();
    // One of several injectors sees only its own part. The others may compensate for a limit that
    // it has lost.
    boolean alone = config.injector().count() == 1;
    boolean may = alone && asserts.earlyStop() && config.earlyStop().lostGates();
    limits = may ? Judge.limitsOf(config, asserts) : Map.of();
    operationLimits =
        limits.entrySet().stream()
            .filter(entry -> Subject.isOperation(entry.getKey()))
            .mapToInt(entry -> entry.getValue().size())
            .sum();
  }

  /** Returns the first limit that is lost at this second, in words. */
  Optional<String> at(int now) {
    if (wholeRun) {
      return lost("", 0, 0, facts.plannedSeconds(), now);
    }
    for (Phase phase : facts.phases()) {
      if (phase.hold() && phase.totalRps() > 0 && phase.startSecond() < now) {
        int steady = SteadyState.from(phase, settleSeconds);
        String in = " in " + phase.name();
        Optional<String> lost = lost(in, phase.startSecond(), steady, phase.endSecond(), now);
        if (lost.isPresent()) {
          return lost;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> lost(String in, int from, int steady, int to, int now) {
    for (Map.Entry<String, List<Limit>> entry : limits.entrySet()) {
      String subject = entry.getKey();
      for (Limit limit : facts.calls(subject) ? entry.getValue() : List.<Limit>of()) {
        int start = limit.isErrors() ? from : steady;
        CallSample sample = sample(subject, limit, start, Math.min(now, to));
        int among = Subject.isOperation(subject) ? operationLimits : 1;
        ServiceLevel level = new ServiceLevel(subject, limit, sample, confidence, among);
        double planned = facts.plannedCalls(subject, start, to);
        if (sample.beyond() > 0 && level.isLost(planned)) {
          return Optional.of(
              String.format(
                  Locale.ROOT,
                  "the limit '%s' for %s%s can no longer be met: %,d of about %,.0f calls %s",
                  limit.required(),
                  subject.equals(Subject.ALL) ? "all services" : subject,
                  in,
                  sample.beyond(),
                  planned,
                  limit.isErrors() ? "failed" : "took " + limit.millis() + " ms or longer"));
        }
      }
    }
    return Optional.empty();
  }

  private CallSample sample(String subject, Limit limit, int from, int to) {
    long beyond = 0;
    long calls = 0;
    for (int second = from; second < to; second++) {
      calls += counts.answered(subject, second);
      beyond += counts.beyond(subject, second, limit.millis());
    }
    return new CallSample(beyond, calls);
  }
}
