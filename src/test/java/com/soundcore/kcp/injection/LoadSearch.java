package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.verdict.level.LevelRule;
import com.soundcore.kcp.verdict.level.LevelRule.Breach;
import java.util.ArrayList;
import java.util.List;
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
  private final Phase ceiling;
  private final PresentLevel present;
  private final List<SearchLevel> levels = new ArrayList<>();
  private double good;
  private Optional<Double> bad = Optional.empty();
  private Optional<SearchStep> toRepeat = Optional.empty();
  private boolean repeating;
  private double tried;
  private int confirmations;
  private int recoveries;
  private int moreRecoveries;
  private Double answer;
  private Double stuck;
  private String unfinished;
  private int now;
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
    this.ceiling = facts.phases().get(0);
    this.present = new PresentLevel(search, thinning, rule, counts, ceiling);
    go(0, search.start(), SearchStep.CLIMB);
    present.admit(0);
  }

  /** Whether it has found what it looked for. */
  public synchronized boolean isDone() {
    return done;
  }

  /** The phases so far, and what is planned of the present one. */
  public synchronized List<Phase> phases() {
    return present.phases();
  }

  /** What it found, and how. */
  public synchronized SearchRecord record() {
    return new SearchRecord(
        answer == null ? null : answer * rpsPerLevel(),
        bad.map(broken -> broken * rpsPerLevel()).orElse(null),
        List.copyOf(levels),
        stuck == null ? null : stuck * rpsPerLevel(),
        unfinished);
  }

  /**
   * It cannot go on: the load ends, and there is no answer.
   *
   * @param why in words
   */
  synchronized void abort(String why) {
    // What was planned beyond is not sent.
    present.endsAt(now);
    unfinished = why;
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
    now = next;
    if (present.isOverdue(next)) {
      abort("it did not finish within %,d s".formatted(next));
      return;
    }
    present.endsWith(second).ifPresent(end -> end(next, end.breach()));
    if (done) {
      thinning.setShare(0);
    } else {
      present.admit(next);
    }
  }

  /** A level has ended; what comes next. */
  private void end(int now, Optional<Breach> breach) {
    Phase hold = present.endsAt(now);
    SearchStep step = present.step();
    if (step == SearchStep.RECOVER) {
      if (breach.isPresent()) {
        lower(now);
      } else {
        afterRecovery(now);
      }
      return;
    }
    levels.add(
        new SearchLevel(
            hold.startSecond(),
            hold.endSecond(),
            hold.totalRps(),
            step == SearchStep.CONFIRM,
            breach.isEmpty(),
            breach.map(Breach::why).orElse("")));
    tried = present.level();
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
      go(now, tried, again);
    } else {
      narrow(now);
    }
  }

  private void held(int now) {
    double level = present.level();
    switch (present.step()) {
      case CLIMB -> {
        good = level;
        if (level >= search.ceiling()) {
          go(now, level, SearchStep.CONFIRM);
        } else {
          go(now, Math.min(search.ceiling(), level + search.step()), SearchStep.CLIMB);
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
      default -> throw new IllegalStateException(present.step().name());
    }
  }

  /** It broke twice. */
  private void broken(int now) {
    double level = present.level();
    bad = Optional.of(level);
    if (present.step() == SearchStep.CONFIRM) {
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
    go(now, (good > 0 ? good : tried) * LOW, SearchStep.RECOVER);
  }

  /** What is tried before the system has come back says nothing of the level that is tried. */
  private void lower(int now) {
    if (recoveries == Search.recoveries()) {
      bad = Optional.of(tried);
      stuck = present.level();
      done = true;
      return;
    }
    if (moreRecoveries == Search.moreRecoveries()) {
      abort("the system took too long to recover, again and again");
      return;
    }
    recoveries++;
    moreRecoveries++;
    go(now, present.level() * LOW, SearchStep.RECOVER);
  }

  private void narrow(int now) {
    double high = bad.orElseThrow();
    if (good == 0) {
      // Not even the first level held: there is nothing to halve.
      done = true;
    } else if (high - good <= search.precision() * high || confirmations > 0) {
      go(now, good, SearchStep.CONFIRM);
    } else {
      go(now, (good + high) / 2, SearchStep.HALVE);
    }
  }

  private void go(int now, double to, SearchStep why) {
    present.go(now, to, why, repeating);
  }
}
