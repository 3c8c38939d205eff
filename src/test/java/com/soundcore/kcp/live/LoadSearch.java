package com.soundcore.kcp.live;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Search;
import com.soundcore.kcp.injection.Admission;
import com.soundcore.kcp.live.Tick.Flow;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunFacts.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for the highest rate that holds, second by second: sets the level, and writes down what it
 * set as the phases of the run. It only steers: what held is judged later, of the log.
 */
final class LoadSearch {
  /** What a level is for. */
  private enum Step {
    CLIMB,
    RECOVER,
    HALVE,
    CONFIRM
  }

  private static final int SETTLE = 2;
  // So low that whatever piled up is worked off.
  private static final double LOW = 0.5;

  private final Search search;
  private final Admission admission;
  private final LivePlan plan;
  private final RunFacts facts;
  private final FindingOptions options;
  private final List<Phase> phases = new ArrayList<>();
  private final List<Tick> hold = new ArrayList<>();
  private Step step = Step.CLIMB;
  private double good;
  private Optional<Double> bad = Optional.empty();
  private double level;
  private double from;
  private int rampEnd;
  private int holdEnd;
  private int confirmations;
  private boolean done;

  LoadSearch(
      Search search, Admission admission, LivePlan plan, RunFacts facts, FindingOptions options) {
    this.search = search;
    this.admission = admission;
    this.plan = plan;
    this.facts = facts;
    this.options = options;
    go(0, search.start(), Step.CLIMB, search.hold().toSeconds());
    admit(0);
  }

  /** Whether it has found what it looked for. */
  synchronized boolean isDone() {
    return done;
  }

  /** The phases so far, and what is planned of the present one. */
  synchronized List<Phase> phases() {
    return List.copyOf(phases);
  }

  /** The next second. */
  synchronized void accept(Tick tick) {
    int next = tick.second() + 1;
    if (done) {
      return;
    }
    if (tick.second() >= rampEnd + SETTLE) {
      hold.add(tick);
    }
    if (next >= rampEnd + SETTLE && hold.size() >= SETTLE && collapses(tick)) {
      end(next, false);
    } else if (step == Step.RECOVER && next > rampEnd && isQuiet(tick)) {
      end(next, true);
    } else if (next >= holdEnd) {
      end(next, held());
    }
    admit(next);
  }

  /** A level has ended; what comes next. */
  private void end(int now, boolean ok) {
    cut(now);
    switch (step) {
      case CLIMB -> climbed(now, ok);
      case HALVE -> {
        if (ok) {
          good = level;
          halve(now);
        } else {
          bad = Optional.of(level);
          recover(now);
        }
      }
      case RECOVER -> halve(now);
      case CONFIRM -> confirmed(now, ok);
      default -> throw new IllegalStateException(step.name());
    }
  }

  private void climbed(int now, boolean ok) {
    if (!ok) {
      bad = Optional.of(level);
      recover(now);
    } else if (level >= search.ceiling()) {
      good = level;
      finish();
    } else {
      good = level;
      double next = Math.min(search.ceiling(), level + search.step());
      go(now, next, Step.CLIMB, search.hold().toSeconds());
    }
  }

  private void recover(int now) {
    double low = good > 0 ? good * LOW : level * LOW;
    go(now, low, Step.RECOVER, search.recover().toSeconds());
  }

  private void halve(int now) {
    double high = bad.orElseThrow();
    if (good == 0) {
      // Not even the first level held: there is nothing to halve.
      finish();
    } else if (high - good <= search.precision() * high) {
      go(now, good, Step.CONFIRM, search.confirm().toSeconds());
    } else {
      go(now, (good + high) / 2, Step.HALVE, search.hold().toSeconds());
    }
  }

  private void confirmed(int now, boolean ok) {
    confirmations++;
    if (ok || confirmations >= Search.confirmations()) {
      finish();
      return;
    }
    bad = Optional.of(level);
    good = level * (1 - search.precision());
    recover(now);
  }

  private void finish() {
    done = true;
  }

  private void go(int now, double to, Step why, long holdSeconds) {
    from = level;
    level = to;
    step = why;
    hold.clear();
    int ramp = (int) search.ramp().toSeconds();
    rampEnd = now + ramp;
    holdEnd = (int) (rampEnd + holdSeconds);
    String name = String.format(Locale.ROOT, "%,.0f", to);
    phases.add(phase("ramp to " + name, now, rampEnd, false));
    phases.add(phase(label(why) + name, rampEnd, holdEnd, true));
  }

  private static String label(Step why) {
    return switch (why) {
      case CONFIRM -> "confirm ";
      case RECOVER -> "recover at ";
      default -> "hold ";
    };
  }

  /** What was planned beyond the end of the level did not come. */
  private void cut(int now) {
    List<Phase> whole = List.copyOf(phases);
    phases.clear();
    for (Phase phase : whole) {
      if (phase.endSecond() <= now) {
        phases.add(phase);
      } else if (phase.startSecond() < now) {
        phases.add(phase(phase.name(), phase.startSecond(), now, phase.hold()));
      }
    }
  }

  private Phase phase(String name, int start, int end, boolean isHold) {
    Map<String, Double> rps = new LinkedHashMap<>();
    Phase ceiling = facts.phases().get(0);
    ceiling.rps().forEach((service, rate) -> rps.put(service, rate * level / search.ceiling()));
    // Arrivals come at the ceiling's rate, whatever part of them goes on.
    double perSecond = (double) ceiling.arrivals() / (ceiling.endSecond() - ceiling.startSecond());
    return new Phase(name, start, end, isHold, 0, Math.round(perSecond * (end - start)), rps);
  }

  private void admit(int second) {
    double share = 1;
    if (second < rampEnd) {
      int ramp = (int) search.ramp().toSeconds();
      share = (second + 1.0 - (rampEnd - ramp)) / ramp;
    }
    admission.let(done ? 0 : (from + (level - from) * share) / search.ceiling());
  }

  /** The queue of a service holds more than a second of its calls. */
  private boolean collapses(Tick tick) {
    return step != Step.RECOVER
        && tick.services().values().stream()
            .anyMatch(flow -> left(flow.soFar()) > Math.max(20, 2 * flow.plannedRps()));
  }

  private boolean isQuiet(Tick tick) {
    return tick.services().entrySet().stream()
        .allMatch(
            entry -> {
              Figures now = entry.getValue().now();
              boolean fast =
                  now.p95Ms() == null
                      || now.p95Ms() < plan.targets().get(entry.getKey()).p95Ms() / 2;
              return fast && now.failed() == 0;
            });
  }

  private static long left(Figures figures) {
    return figures.sent() - figures.answered();
  }

  /** Whether every service held its target over the hold, and answered what it was sent. */
  private boolean held() {
    if (hold.isEmpty()) {
      return true;
    }
    for (String service : plan.targets().keySet()) {
      LivePlan.Target target = plan.targets().get(service);
      List<Flow> flows = hold.stream().map(tick -> tick.services().get(service)).toList();
      long slow =
          flows.stream()
              .filter(flow -> flow.now().p95Ms() != null && flow.now().p95Ms() >= target.p95Ms())
              .count();
      long sent = flows.stream().mapToLong(flow -> flow.now().sent()).sum();
      long answered = flows.stream().mapToLong(flow -> flow.now().answered()).sum();
      long failed = flows.stream().mapToLong(flow -> flow.now().failed()).sum();
      boolean queues = sent - answered > Math.max(10, options.backlog() * sent);
      boolean fails = failed > 0 && failed >= Math.max(target.errorRate(), 0.001) * answered;
      if (slow * 2 > flows.size() || queues || fails) {
        return false;
      }
    }
    return true;
  }
}
