package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.verdict.level.CallCounts;
import com.soundcore.kcp.verdict.level.LevelRule;
import com.soundcore.kcp.verdict.level.LevelRule.Breach;
import com.soundcore.kcp.verdict.level.LevelRule.Doubt;
import com.soundcore.kcp.verdict.level.LevelRule.Judged;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The search's present level: the ramp to it, its hold, and the decision when it ends. */
final class PresentLevel {
  // Twice the share of slow calls that a p95 permits.
  private static final double MOST_COLLAPSED = 0.1;

  private final Search search;
  private final ArrivalThinning thinning;
  private final LevelRule rule;
  private final CallCounts counts;
  private final Phase ceiling;
  private final SearchSignals signals;
  private final SearchPhases phases;
  private SearchStep step = SearchStep.CLIMB;
  private double level;
  private double from;
  private int rampStart;
  private int rampEnd;
  private int holdEnd;
  private int collapsed;

  /**
   * @param ceiling the single phase that Gatling injects
   */
  PresentLevel(
      Search search, ArrivalThinning thinning, LevelRule rule, CallCounts counts, Phase ceiling) {
    this.search = search;
    this.thinning = thinning;
    this.rule = rule;
    this.counts = counts;
    this.ceiling = ceiling;
    this.signals = new SearchSignals(rule, counts, ceiling.rps());
    this.phases = new SearchPhases(ceiling, search.ceiling());
  }

  /**
   * The end of a level.
   *
   * @param breach the reason why it broke; empty if it held
   */
  record End(Optional<Breach> breach) {}

  /** Returns the phases so far, including the planned rest of the present one. */
  List<Phase> phases() {
    return phases.all();
  }

  /**
   * Judges the longer holds of one level together.
   *
   * @param all all holds so far
   */
  Judged judge(List<Phase> holds, List<Phase> all) {
    return rule.forAnEnd().judge(counts, new LoadProfile(phases.all()), holds, all, true);
  }

  /** Returns the purpose of the present level. */
  SearchStep step() {
    return step;
  }

  /** Returns the present level in the test's unit. */
  double level() {
    return level;
  }

  /** Ramps to another level and holds it. */
  void go(int now, double to, SearchStep why, boolean repeating) {
    from = level;
    level = to;
    step = why;
    rampStart = now;
    rampEnd = now + rampSeconds();
    holdEnd = (int) (rampEnd + holdOf(why).toSeconds());
    collapsed = 0;
    phases.add(name("ramp to "), now, rampEnd, level);
    phases.addHold(name(why.label(repeating)), rampEnd, holdEnd, level);
  }

  /** Holds the same level once more. */
  void stay(int now) {
    rampStart = now;
    rampEnd = now;
    holdEnd = (int) (now + holdOf(step).toSeconds());
    collapsed = 0;
    phases.addHold(name(step.label(false)), now, holdEnd, level);
  }

  private String name(String label) {
    return label + String.format(Locale.ROOT, "%,.0f", level);
  }

  /** Each doubling takes one ramp, because a steeper rise would be a shock. */
  private int rampSeconds() {
    double doublings = from > 0 ? Math.log(level / from) / Math.log(2) : 1;
    return (int) (search.ramp().toSeconds() * Math.max(1, Math.round(doublings)));
  }

  private Duration holdOf(SearchStep of) {
    return switch (of) {
      case CLIMB, HALVE -> search.hold();
      case CONFIRM, EXCEED -> search.confirm();
      case RECOVER -> search.recover();
    };
  }

  /** Admits the load of a second. */
  void admit(int second) {
    double share = 1;
    if (second < rampEnd) {
      share = (second + 1.0 - rampStart) / (rampEnd - rampStart);
    }
    thinning.setShare((from + (level - from) * share) / search.ceiling());
  }

  /** Returns whether the search's time is used up by a second. */
  boolean isOverdue(int second) {
    return second >= ceiling.endSecond();
  }

  /** Ends the present phase at a second and returns it. The planned rest is dropped. */
  Phase endsAt(int second) {
    phases.cut(second);
    return phases.last();
  }

  /** Returns how the level ended, if it ends with this second; else empty. */
  Optional<End> endsWith(int second) {
    int next = second + 1;
    if (next >= holdEnd) {
      return Optional.of(new End(breach(holdEnd)));
    }
    if (step == SearchStep.RECOVER) {
      boolean quiet = next > rampEnd && signals.isQuiet(second, rampStart);
      return quiet ? Optional.of(new End(Optional.empty())) : Optional.empty();
    }
    // A queue from the ramp may still drain, and a bad moment may pass. A level therefore ends
    // early only if it has collapsed for longer than a full hold permits.
    collapsed += signals.collapse(second, level / search.ceiling()) ? 1 : 0;
    return next > rampEnd + 1 && collapsed > MOST_COLLAPSED * holdOf(step).toSeconds()
        ? breach(next).map(breach -> new End(Optional.of(breach)))
        : Optional.empty();
  }

  private Optional<Breach> breach(int until) {
    LoadProfile load = new LoadProfile(phases.all());
    if (step == SearchStep.RECOVER) {
      Phase latterHalf = phases.lastUntil(until).latterHalf();
      return rule.onAnyCalls().breach(counts, load, latterHalf, false, Doubt.NORMAL);
    }
    return rule.breach(counts, load, phases.lastUntil(until), true, Doubt.NORMAL);
  }
}
