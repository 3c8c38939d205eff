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
 * Looks for the highest rate that holds, second by second: sets the level, judges it by the same
 * rule as the report, and writes down what it set as the phases of the run.
 *
 * <p>Short holds show the way: a level that breaks is tried a second time, since one bad moment is
 * no limit. Longer holds then decide, and all of one level count together: from the highest level
 * that did not break downwards until one is proved, which is the lower end of the answer, and from
 * there upwards until one is refuted, its upper end. So the answer is the interval of the limits
 * that these tests do not reject (J. Neyman, 1937); it assumes that a higher rate is not easier to
 * hold. The interval begins a precision below the level that was proved: close to its limit a queue
 * takes longer to settle than any hold lasts (J. Abate and W. Whitt, 1987).
 */
public final class LoadSearch {
  // Of what held: so low that whatever piled up is worked off. Where it is not, half of that again.
  private static final double LOW = 0.5;
  // In precisions: small, or the limit is undercut; above one, or a wavering limit is chased for
  // ever.
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
        proved.map(level -> level * rpsPerLevel()).orElse(null),
        (proved.isPresent() ? refuted : bad).map(level -> level * rpsPerLevel()).orElse(null),
        List.copyOf(levels),
        stuck == null ? null : stuck * rpsPerLevel(),
        unfinished,
        proved.map(level -> level * (1 - search.precision()) * rpsPerLevel()).orElse(null));
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

  /** A longer hold has ended: with those before it at its level it may prove or refute it. */
  private void decide(int now, Phase hold) {
    List<Phase> holds = atLevel.computeIfAbsent(tried, level -> new ArrayList<>());
    holds.add(hold);
    longerHolds++;
    Judged judged = present.judge(holds, tests);
    // Near its limit a queue takes minutes to build up: one calm hold proves nothing.
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
      // Nothing is sent any more: a phase would be one that never came.
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

  /** From one level of the answer to the next, as a fraction. */
  private double step() {
    return STEP * search.precision();
  }

  /** Downwards until a level is proved; from there upwards until one is refuted. */
  private void nextEnd(int now) {
    if (proved.isEmpty()) {
      // The longer holds show what the short ones did not: three small steps, then larger ones.
      int times = 1 << Math.max(0, stepsBack++ - 2);
      go(now, tried * (1 - Math.min(LARGEST_STEP, times * step())), SearchStep.CONFIRM);
      return;
    }
    double highest = atLevel.keySet().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double next = highest * (1 + step());
    // Where a level was undecided the limit is near: no larger step than to the next one.
    double above =
        bad.filter(level -> level > highest)
            .map(level -> proved.get() < highest ? Math.min(level, next) : level)
            .orElse(next);
    if (highest >= search.ceiling()) {
      // Undecided at the ceiling: no level is left to refute.
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

  /** It broke twice. */
  private void broken(int now) {
    bad = Optional.of(present.level());
    recover(now);
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
    } else if (high - good <= search.precision() * high) {
      // At the limit itself queues come and go over minutes, and a calm hold proves nothing: below
      // it they are short, and one hold sees many.
      go(now, good * (1 - step()), SearchStep.CONFIRM);
    } else {
      go(now, (good + high) / 2, SearchStep.HALVE);
    }
  }

  private void go(int now, double to, SearchStep why) {
    present.go(now, to, why, repeating);
  }
}
