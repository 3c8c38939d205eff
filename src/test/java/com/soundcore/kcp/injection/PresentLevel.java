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

/** The level at which a search is at present: how it gets there, and when and how it ends. */
final class PresentLevel {
  // Twice the time that a p95 leaves for slow calls.
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
   * @param ceiling the one phase that Gatling was given
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
   * How a level ended.
   *
   * @param breach nothing where it held
   */
  record End(Optional<Breach> breach) {}

  /** The phases so far, and what is planned of this one. */
  List<Phase> phases() {
    return phases.all();
  }

  /**
   * What the longer holds of one level say of it, together.
   *
   * @param all holds so far
   */
  Judged judge(List<Phase> holds, List<Phase> all) {
    return rule.forAnEnd().judge(counts, new LoadProfile(phases.all()), holds, all, true);
  }

  /** What it is for. */
  SearchStep step() {
    return step;
  }

  /** The load, in the test's own unit. */
  double level() {
    return level;
  }

  /** Goes to another level. */
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

  /** The way up takes a ramp for each doubling: from far below it would be a shock. */
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

  /** Lets as much of the load through as a second needs. */
  void admit(int second) {
    double share = 1;
    if (second < rampEnd) {
      share = (second + 1.0 - rampStart) / (rampEnd - rampStart);
    }
    thinning.setShare((from + (level - from) * share) / search.ceiling());
  }

  /** Whether all the time that the search was given is over by then. */
  boolean isOverdue(int second) {
    return second >= ceiling.endSecond();
  }

  /** What was planned beyond a second does not come; the hold as it was. */
  Phase endsAt(int second) {
    phases.cut(second);
    return phases.last();
  }

  /** Whether the level ends with a second, and how. */
  Optional<End> endsWith(int second) {
    int next = second + 1;
    if (next >= holdEnd) {
      return Optional.of(new End(breach(holdEnd)));
    }
    if (step == SearchStep.RECOVER) {
      boolean quiet = next > rampEnd && signals.isQuiet(second, rampStart);
      return quiet ? Optional.of(new End(Optional.empty())) : Optional.empty();
    }
    // A queue of the ramp may still go, and a bad moment may pass: a level ends early only where it
    // has collapsed for longer than a hold of full length may.
    collapsed += signals.collapse(second, level / search.ceiling()) ? 1 : 0;
    return next > rampEnd + 1 && collapsed > MOST_COLLAPSED * holdOf(step).toSeconds()
        ? breach(next).map(breach -> new End(Optional.of(breach)))
        : Optional.empty();
  }

  /** Why it has not held until a second. */
  private Optional<Breach> breach(int until) {
    LoadProfile load = new LoadProfile(phases.all());
    if (step == SearchStep.RECOVER) {
      Phase latterHalf = phases.lastUntil(until).latterHalf();
      return rule.onAnyCalls().breach(counts, load, latterHalf, false, Doubt.NORMAL);
    }
    return rule.breach(counts, load, phases.lastUntil(until), true, Doubt.NORMAL);
  }
}
