package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.verdict.level.LevelRule;
import com.soundcore.kcp.verdict.level.LevelRule.Breach;
import com.soundcore.kcp.verdict.level.LevelRule.Judged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A search for the highest sustainable rate, in steps of a second. It sets the level, judges it by
 * the same rule as the report, and records the levels as phases of the run.
 *
 * <p>Short holds find the region. A level that breaks is tried a second time, because one bad
 * moment is no limit. Longer holds then decide, and all holds of a level count together. From the
 * highest level that did not break, the search descends until a level is proved: the lower end of
 * the answer. From there it ascends until a level is refuted: the upper end.
 *
 * <p>The answer is therefore the interval of limits that these tests do not reject (J. Neyman,
 * 1937). It assumes that a higher rate is never easier to hold. The interval begins one precision
 * below the proved level, because close to its limit a queue takes longer to settle than any hold
 * lasts (J. Abate and W. Whitt, 1987).
 */
public final class LoadSearch {
  // A fraction of the last level that held, low enough to drain the backlog. If the backlog does
  // not drain, the level is halved again.
  private static final double LOW = 0.5;
  // In units of the precision. A larger step would undercut the limit. A step of one precision or
  // less would chase a fluctuating limit forever.
  private static final double STEP = 1.5;
  private static final double LARGEST_STEP = 0.2;

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
  private final List<Phase> tests = new ArrayList<>();
  private final Map<Double, List<Phase>> atLevel = new HashMap<>();
  private int longerHolds;
  private int stepsBack;
  private int recoveries;
  private int moreRecoveries;
  private Optional<Double> proved = Optional.empty();
  private Optional<Double> refuted = Optional.empty();
  private Double stuck;
  private String unfinished;
  private int now;
  private boolean done;

  /**
   * @param counts the calls so far
   * @param facts the run's facts; their only phase is at the ceiling for the longest permitted
   *     search
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

  /** Returns whether the search is finished. */
  public synchronized boolean isDone() {
    return done;
  }

  /** Returns the phases so far, including the planned rest of the present one. */
  public synchronized List<Phase> phases() {
    return present.phases();
  }

  /** Returns the result and the levels that led to it. */
  public synchronized SearchRecord record() {
    return new SearchRecord(
        proved.map(level -> level * rpsPerLevel()).orElse(null),
        (proved.isPresent() ? refuted : bad).map(level -> level * rpsPerLevel()).orElse(null),
        List.copyOf(levels),
        stuck == null ? null : stuck * rpsPerLevel(),
        unfinished,
        proved.map(level -> level * (1 - search.precision()) * rpsPerLevel()).orElse(null));
  }

  /**
   * Aborts the search without an answer, and stops the load.
   *
   * @param why the reason as a sentence
   */
  synchronized void abort(String why) {
    // The planned rest is not sent.
    present.endsAt(now);
    unfinished = why;
    done = true;
    thinning.setShare(0);
  }

  /** Less than 1 if only some of the services receive load. */
  private double rpsPerLevel() {
    return ceiling.totalRps() / search.ceiling();
  }

  /** Judges the second that just ended, and sets the level of the next. */
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
    tried = present.level();
    tests.add(hold);
    if (step.decides()) {
      decide(now, hold);
      return;
    }
    write(hold, breach.isEmpty(), breach.map(Breach::why).orElse(""), false);
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

  private void write(Phase hold, boolean held, String why, boolean undecided) {
    levels.add(
        new SearchLevel(
            hold.startSecond(),
            hold.endSecond(),
            hold.totalRps(),
            present.step().decides(),
            held,
            why,
            undecided));
  }

  /** Judges a longer hold together with the earlier holds of its level. */
  private void decide(int now, Phase hold) {
    List<Phase> holds = atLevel.computeIfAbsent(tried, level -> new ArrayList<>());
    holds.add(hold);
    longerHolds++;
    Judged judged = present.judge(holds, tests);
    // Near its limit a queue takes minutes to build up, so one calm hold proves nothing.
    boolean more = judged.held() && holds.size() < Search.fewestToProve();
    String why = more ? "one calm hold proves nothing" : judged.why();
    write(hold, judged.held() && !more, why, judged.isUndecided() || more);
    if (judged.held() && !more) {
      proved = Optional.of(tried);
    } else if (judged.breach().isPresent()) {
      refuted = Optional.of(refuted.map(level -> Math.min(level, tried)).orElse(tried));
      bad = Optional.of(bad.map(level -> Math.min(level, tried)).orElse(tried));
    }
    done = longerHolds >= Search.longerHolds() || isAnswered();
    if (done) {
      // The load stops here, so another phase would never happen.
      return;
    }
    boolean longer = judged.isUndecided() && holds.size() * judged.decidedAfter() <= search.tries();
    if (more || longer) {
      present.stay(now);
    } else if (judged.breach().isPresent()) {
      recover(now);
    } else {
      nextEnd(now);
    }
  }

  private boolean isAnswered() {
    return proved.isPresent() && (refuted.isPresent() || proved.get() >= search.ceiling());
  }

  /** The distance between two neighbouring levels of the answer, as a fraction. */
  private double step() {
    return STEP * search.precision();
  }

  /** Descends until a level is proved, then ascends until one is refuted. */
  private void nextEnd(int now) {
    if (proved.isEmpty()) {
      // The longer holds contradict the short ones: first three small steps, then larger ones.
      int times = 1 << Math.max(0, stepsBack++ - 2);
      go(now, tried * (1 - Math.min(LARGEST_STEP, times * step())), SearchStep.CONFIRM);
      return;
    }
    double highest = atLevel.keySet().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double next = highest * (1 + step());
    // The limit is near an undecided level, so the step is not larger than usual.
    double above =
        bad.filter(level -> level > highest)
            .map(level -> proved.get() < highest ? Math.min(level, next) : level)
            .orElse(next);
    if (highest >= search.ceiling()) {
      // The ceiling is undecided, and no higher level remains to refute.
      done = true;
    } else {
      go(now, Math.min(search.ceiling(), above), SearchStep.EXCEED);
    }
  }

  private void afterRecovery(int now) {
    if (toRepeat.isPresent()) {
      repeating = true;
      SearchStep again = toRepeat.get();
      toRepeat = Optional.empty();
      go(now, tried, again);
    } else if (atLevel.isEmpty()) {
      narrow(now);
    } else {
      nextEnd(now);
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
      default -> throw new IllegalStateException(present.step().name());
    }
  }

  /** The level broke twice. */
  private void broken(int now) {
    bad = Optional.of(present.level());
    recover(now);
  }

  private void recover(int now) {
    recoveries = 1;
    go(now, (good > 0 ? good : tried) * LOW, SearchStep.RECOVER);
  }

  /** Lowers the load further. A level tried before the system has recovered would be misjudged. */
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
      // Not even the first level held, so there is nothing to halve.
      done = true;
    } else if (high - good <= search.precision() * high) {
      // At the limit, queues come and go over minutes, and a calm hold proves nothing. Below it
      // queues are short, and one hold sees many of them.
      go(now, good * (1 - step()), SearchStep.CONFIRM);
    } else {
      go(now, (good + high) / 2, SearchStep.HALVE);
    }
  }

  private void go(int now, double to, SearchStep why) {
    present.go(now, to, why, repeating);
  }
}
