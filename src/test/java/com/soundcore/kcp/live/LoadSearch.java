package com.soundcore.kcp.live;

import com.soundcore.kcp.config.Search;
import com.soundcore.kcp.injection.Admission;
import com.soundcore.kcp.result.LoadProfile;
import com.soundcore.kcp.result.RunFacts;
import com.soundcore.kcp.result.RunFacts.Phase;
import com.soundcore.kcp.result.RunFacts.SearchLevel;
import com.soundcore.kcp.result.RunFacts.SearchRecord;
import com.soundcore.kcp.verdict.CallCounts;
import com.soundcore.kcp.verdict.LevelRule;
import com.soundcore.kcp.verdict.LevelRule.Breach;
import com.soundcore.kcp.verdict.LevelRule.Doubt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for the highest rate that holds, second by second: sets the level, judges it by the same
 * rule as the report, and writes down what it set as the phases of the run. A level that breaks is
 * tried a second time before it counts: one bad moment is no limit.
 */
public final class LoadSearch {
  /** What a level is for. */
  private enum Step {
    CLIMB,
    HALVE,
    CONFIRM,
    RECOVER
  }

  // So low that whatever piled up is worked off.
  private static final double LOW = 0.5;
  private static final int FEW = 20;
  private static final int QUIET_SECONDS = 2;

  private final Search search;
  private final Admission admission;
  private final LevelRule rule;
  private final CallCounts counts;
  private final Phase ceiling;
  private final List<Phase> phases = new ArrayList<>();
  private final List<SearchLevel> levels = new ArrayList<>();
  private Step step = Step.CLIMB;
  private double good;
  private Optional<Double> bad = Optional.empty();
  private Optional<Step> toRepeat = Optional.empty();
  private boolean repeating;
  private double tried;
  private double level;
  private double from;
  private int rampEnd;
  private int holdEnd;
  private int confirmations;
  private Double answer;
  private boolean done;

  /**
   * @param counts the calls so far
   * @param facts of the run, whose one phase is the ceiling for as long as the search may take
   */
  public LoadSearch(
      Search search, Admission admission, LevelRule rule, CallCounts counts, RunFacts facts) {
    this.search = search;
    this.admission = admission;
    this.rule = rule;
    this.counts = counts;
    this.ceiling = facts.phases().get(0);
    go(0, search.start(), Step.CLIMB, search.hold().toSeconds());
    admit(0);
  }

  /** Whether it has found what it looked for. */
  public synchronized boolean isDone() {
    return done;
  }

  /** The phases so far, and what is planned of the present one. */
  public synchronized List<Phase> phases() {
    return List.copyOf(phases);
  }

  /** What it found, and how. */
  public synchronized SearchRecord record() {
    return new SearchRecord(
        answer == null ? null : answer * rpsPerLevel(),
        bad.map(broken -> broken * rpsPerLevel()).orElse(null),
        List.copyOf(levels));
  }

  /** Less than 1 where only some of the services get load. */
  private double rpsPerLevel() {
    return ceiling.totalRps() / search.ceiling();
  }

  /** A second of the load is over. */
  public synchronized void secondEnded(int second) {
    if (done) {
      return;
    }
    int next = second + 1;
    if (step == Step.RECOVER && next > rampEnd && isQuiet(second)) {
      end(next, Optional.empty());
    } else if (next >= holdEnd) {
      end(next, step == Step.RECOVER ? Optional.empty() : breach(holdEnd));
    } else if (step != Step.RECOVER && next > rampEnd + 1 && collapses(second)) {
      // A level ends early only where it has broken by now: a queue of the ramp may still go.
      Optional<Breach> broken = breach(next);
      if (broken.isPresent()) {
        end(next, broken);
      }
    }
    admit(next);
  }

  /** Why the present level has not held until a second. */
  private Optional<Breach> breach(int until) {
    Phase whole = phases.get(phases.size() - 1);
    Phase hold = phase(whole.name(), whole.startSecond(), until, true);
    Doubt doubt = step == Step.CONFIRM ? Doubt.CONFIRMING : Doubt.NORMAL;
    return rule.breach(counts, new LoadProfile(phases), hold, true, doubt);
  }

  /** A level has ended; what comes next. */
  private void end(int now, Optional<Breach> breach) {
    cut(now);
    if (step == Step.RECOVER) {
      afterRecovery(now);
      return;
    }
    Phase hold = phases.get(phases.size() - 1);
    levels.add(
        new SearchLevel(
            hold.startSecond(),
            hold.endSecond(),
            hold.totalRps(),
            step == Step.CONFIRM,
            breach.isEmpty(),
            breach.map(Breach::why).orElse("")));
    tried = level;
    if (breach.isPresent() && !repeating) {
      toRepeat = Optional.of(step);
      recover(now);
    } else if (breach.isPresent()) {
      repeating = false;
      broken(now);
    } else {
      repeating = false;
      held(now);
    }
  }

  private void afterRecovery(int now) {
    if (toRepeat.isPresent()) {
      repeating = true;
      Step again = toRepeat.get();
      toRepeat = Optional.empty();
      go(now, tried, again, holdOf(again).toSeconds());
    } else {
      narrow(now);
    }
  }

  private Duration holdOf(Step of) {
    return of == Step.CONFIRM ? search.confirm() : search.hold();
  }

  private void held(int now) {
    switch (step) {
      case CLIMB -> {
        good = level;
        if (level >= search.ceiling()) {
          go(now, level, Step.CONFIRM, search.confirm().toSeconds());
        } else {
          double next = Math.min(search.ceiling(), level + search.step());
          go(now, next, Step.CLIMB, search.hold().toSeconds());
        }
      }
      case HALVE -> {
        good = level;
        narrow(now);
      }
      case CONFIRM -> {
        answer = level;
        done = true;
      }
      default -> throw new IllegalStateException(step.name());
    }
  }

  /** It broke twice. */
  private void broken(int now) {
    bad = Optional.of(level);
    if (step == Step.CONFIRM) {
      confirmations++;
      // The longer hold shows what the short ones did not: step back further each time.
      good = level * (1 - search.precision() * (1 << confirmations - 1));
      done = confirmations >= Search.confirmations();
    }
    recover(now);
  }

  private void recover(int now) {
    double low = good > 0 ? good * LOW : level * LOW;
    go(now, low, Step.RECOVER, search.recover().toSeconds());
  }

  private void narrow(int now) {
    double high = bad.orElseThrow();
    if (good == 0) {
      // Not even the first level held: there is nothing to halve.
      done = true;
    } else if (high - good <= search.precision() * high || confirmations > 0) {
      go(now, good, Step.CONFIRM, search.confirm().toSeconds());
    } else {
      go(now, (good + high) / 2, Step.HALVE, search.hold().toSeconds());
    }
  }

  private void go(int now, double to, Step why, long holdSeconds) {
    from = level;
    level = to;
    step = why;
    int ramp = (int) search.ramp().toSeconds();
    rampEnd = now + ramp;
    holdEnd = (int) (rampEnd + holdSeconds);
    String name = String.format(Locale.ROOT, "%,.0f", to);
    phases.add(phase("ramp to " + name, now, rampEnd, false));
    phases.add(phase(label(why) + name, rampEnd, holdEnd, true));
  }

  private String label(Step why) {
    return switch (why) {
      case CONFIRM -> repeating ? "confirm again " : "confirm ";
      case RECOVER -> "recover at ";
      default -> repeating ? "again " : "hold ";
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

  /** The queue of a service holds more than two seconds of its calls. */
  private boolean collapses(int second) {
    double share = level / search.ceiling();
    return ceiling.rps().entrySet().stream()
        .anyMatch(
            entry -> waiting(entry.getKey(), second) > Math.max(FEW, 2 * entry.getValue() * share));
  }

  /** What piled up is worked off, and the latest answers are fast and right. */
  private boolean isQuiet(int second) {
    for (String service : ceiling.rps().keySet()) {
      long limit = rule.targets().get(service).p95().toMillis();
      int over = second - (int) Math.ceil(limit / 1000.0);
      for (int at = over - QUIET_SECONDS + 1; at <= over; at++) {
        boolean loud = counts.slow(service, at) > 0 || counts.failed(service, at) > 0;
        if (loud || at <= rampEnd - search.ramp().toSeconds()) {
          return false;
        }
      }
    }
    return true;
  }

  private long waiting(String service, int second) {
    long waiting = 0;
    for (int at = 0; at <= second; at++) {
      waiting += counts.started(service, at) - counts.ended(service, at);
    }
    return waiting;
  }
}
