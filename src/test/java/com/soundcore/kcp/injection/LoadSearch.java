package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.verdict.level.LevelRule;
import com.soundcore.kcp.verdict.level.LevelRule.Breach;
import com.soundcore.kcp.verdict.level.LevelRule.Doubt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks for the highest rate that holds, second by second: sets the level, judges it by the same
 * rule as the report, and writes down what it set as the phases of the run. A level that breaks is
 * tried a second time before it counts: one bad moment is no limit.
 */
public final class LoadSearch {
  // Of what held: so low that whatever piled up is worked off. Where it is not, half of that again.
  private static final double LOW = 0.5;
  // In precisions: small, or the limit is undercut; above one, or a wavering limit is chased for
  // ever.
  private static final double STEP_BACK = 1.5;

  private final Search search;
  private final ArrivalThinning thinning;
  private final LevelRule rule;
  private final CallCounts counts;
  private final Phase ceiling;
  private final SearchSignals signals;
  private final SearchPhases phases;
  private final List<SearchLevel> levels = new ArrayList<>();
  private SearchStep step = SearchStep.CLIMB;
  private double good;
  private Optional<Double> bad = Optional.empty();
  private Optional<SearchStep> toRepeat = Optional.empty();
  private boolean repeating;
  private double tried;
  private double level;
  private double from;
  private int rampEnd;
  private int holdEnd;
  private int confirmations;
  private int recoveries;
  private int moreRecoveries;
  private Double answer;
  private Double stuck;
  private String fault;
  private boolean done;

  /**
   * @param counts the calls so far
   * @param facts of the run, whose one phase is the ceiling for as long as the search may take
   */
  public LoadSearch(
      Search search,
      ArrivalThinning thinning,
      LevelRule rule,
      CallCounts counts,
      RunMetadata facts) {
    this.search = search;
    this.thinning = thinning;
    this.rule = rule;
    this.counts = counts;
    this.ceiling = facts.phases().get(0);
    this.phases = new SearchPhases(ceiling, search.ceiling());
    this.signals = new SearchSignals(rule, counts, ceiling.rps());
    go(0, search.start(), SearchStep.CLIMB, search.hold().toSeconds());
    admit(0);
  }

  /** Whether it has found what it looked for. */
  public synchronized boolean isDone() {
    return done;
  }

  /** The phases so far, and what is planned of the present one. */
  public synchronized List<Phase> phases() {
    return phases.all();
  }

  /** What it found, and how. */
  public synchronized SearchRecord record() {
    return new SearchRecord(
        answer == null ? null : answer * rpsPerLevel(),
        bad.map(broken -> broken * rpsPerLevel()).orElse(null),
        List.copyOf(levels),
        stuck == null ? null : stuck * rpsPerLevel(),
        fault);
  }

  /**
   * It cannot go on, by a fault of its own: the load ends, and there is no answer.
   *
   * @param what in words
   */
  synchronized void breaksOff(String what) {
    fault = what;
    done = true;
    thinning.setShare(0);
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
    if (next >= ceiling.endSecond()) {
      phases.cut(next);
      breaksOff("it was not finished within its %,d s".formatted(next));
      return;
    }
    if (step == SearchStep.RECOVER
        && next > rampEnd
        && signals.isQuiet(second, rampEnd - (int) search.ramp().toSeconds())) {
      end(next, Optional.empty());
    } else if (next >= holdEnd) {
      end(next, breach(holdEnd));
    } else if (step != SearchStep.RECOVER
        && next > rampEnd + 1
        && signals.collapse(second, level / search.ceiling())) {
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
    if (step == SearchStep.RECOVER) {
      Phase latterHalf = phases.latterHalf(until);
      LoadProfile load = new LoadProfile(phases.all());
      return rule.onAnyCalls().breach(counts, load, latterHalf, false, Doubt.NORMAL);
    }
    Phase hold = phases.lastUntil(until);
    Doubt doubt = step == SearchStep.CONFIRM ? Doubt.CONFIRMING : Doubt.NORMAL;
    return rule.breach(counts, new LoadProfile(phases.all()), hold, true, doubt);
  }

  /** A level has ended; what comes next. */
  private void end(int now, Optional<Breach> breach) {
    phases.cut(now);
    if (step == SearchStep.RECOVER) {
      if (breach.isPresent() && moreRecoveries < Search.moreRecoveries()) {
        lower(now);
      } else {
        afterRecovery(now);
      }
      return;
    }
    Phase hold = phases.last();
    levels.add(
        new SearchLevel(
            hold.startSecond(),
            hold.endSecond(),
            hold.totalRps(),
            step == SearchStep.CONFIRM,
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
      SearchStep again = toRepeat.get();
      toRepeat = Optional.empty();
      go(now, tried, again, holdOf(again).toSeconds());
    } else {
      narrow(now);
    }
  }

  private Duration holdOf(SearchStep of) {
    return of == SearchStep.CONFIRM ? search.confirm() : search.hold();
  }

  private void held(int now) {
    switch (step) {
      case CLIMB -> {
        good = level;
        if (level >= search.ceiling()) {
          go(now, level, SearchStep.CONFIRM, search.confirm().toSeconds());
        } else {
          double next = Math.min(search.ceiling(), level + search.step());
          go(now, next, SearchStep.CLIMB, search.hold().toSeconds());
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
    if (step == SearchStep.CONFIRM) {
      confirmations++;
      // The longer hold shows what the short ones did not: three small steps back, then larger
      // ones.
      int times = 1 << Math.max(0, confirmations - 3);
      good = level * (1 - STEP_BACK * times * search.precision());
      done = confirmations >= Search.confirmations();
    }
    // Once it is done nothing is sent any more: a phase would be one that never came.
    if (!done) {
      recover(now);
    }
  }

  private void recover(int now) {
    recoveries = 1;
    go(now, (good > 0 ? good : level) * LOW, SearchStep.RECOVER, search.recover().toSeconds());
  }

  /** What is tried before the system has come back says nothing of the level that is tried. */
  private void lower(int now) {
    if (recoveries == Search.recoveries()) {
      bad = Optional.of(tried);
      stuck = level;
      done = true;
      return;
    }
    recoveries++;
    moreRecoveries++;
    go(now, level * LOW, SearchStep.RECOVER, search.recover().toSeconds());
  }

  private void narrow(int now) {
    double high = bad.orElseThrow();
    if (good == 0) {
      // Not even the first level held: there is nothing to halve.
      done = true;
    } else if (high - good <= search.precision() * high || confirmations > 0) {
      go(now, good, SearchStep.CONFIRM, search.confirm().toSeconds());
    } else {
      go(now, (good + high) / 2, SearchStep.HALVE, search.hold().toSeconds());
    }
  }

  private void go(int now, double to, SearchStep why, long holdSeconds) {
    from = level;
    level = to;
    step = why;
    int ramp = (int) search.ramp().toSeconds();
    rampEnd = now + ramp;
    holdEnd = (int) (rampEnd + holdSeconds);
    String name = String.format(Locale.ROOT, "%,.0f", to);
    phases.add("ramp to " + name, now, rampEnd, level);
    phases.addHold(why.label(repeating) + name, rampEnd, holdEnd, level);
  }

  private void admit(int second) {
    double share = 1;
    if (second < rampEnd) {
      int ramp = (int) search.ramp().toSeconds();
      share = (second + 1.0 - (rampEnd - ramp)) / ramp;
    }
    thinning.setShare(done ? 0 : (from + (level - from) * share) / search.ceiling());
  }
}
