package com.soundcore.kcp.finding.capacity;

import static com.soundcore.kcp.config.Units.clock;
import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Stats;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.verdict.level.Episodes;
import com.soundcore.kcp.verdict.level.LevelRule;
import com.soundcore.kcp.verdict.level.LevelRule.Breach;
import com.soundcore.kcp.verdict.level.LevelRule.Cause;
import com.soundcore.kcp.verdict.level.LevelRule.Doubt;
import com.soundcore.kcp.verdict.level.LevelRule.Judged;
import com.soundcore.kcp.verdict.level.LogCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The holds of a run as load levels: which held, which did not, and what failed first. */
public final class LoadLevels {
  // Largest difference in requests per second between holds of the same level.
  private static final double SAME = 1e-6;

  private final RunMetadata facts;
  private final RunModel model;
  private final LevelRule rule;
  private final LogCounts counts;

  public LoadLevels(RunMetadata facts, RunModel model, LevelRule rule) {
    this.facts = facts;
    this.model = model;
    this.rule = rule;
    this.counts = new LogCounts(model, facts.end(), rule.targets());
  }

  /** Returns the judged levels in order of time; after a search, only the levels that it tried. */
  public List<Level> all() {
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < facts.phases().size(); i++) {
      Phase phase = facts.phases().get(i);
      if (isLevel(phase) && isJudged(phase)) {
        levels.add(level(phase, model.holds().get(i)));
      }
    }
    return levels;
  }

  /**
   * Returns the longer holds of a search at one level, which are judged together, as during the
   * search.
   */
  private List<Phase> together(Phase phase) {
    SearchRecord search = facts.end().search();
    if (search == null || !isLonger(search, phase)) {
      return List.of(phase);
    }
    return facts.phases().stream()
        .filter(other -> other.startSecond() <= phase.startSecond())
        .filter(other -> other.hold() && isLonger(search, other))
        .filter(other -> Math.abs(other.totalRps() - phase.totalRps()) < SAME)
        .toList();
  }

  /** Returns the levels up to and including this one. */
  private List<Phase> before(Phase phase) {
    return facts.phases().stream()
        .filter(other -> other.startSecond() <= phase.startSecond() && isLevel(other))
        .toList();
  }

  private boolean isLevel(Phase phase) {
    SearchRecord search = facts.end().search();
    boolean tried = search == null || of(search, phase).isPresent();
    return phase.hold() && phase.totalRps() > 0 && tried;
  }

  private static boolean isLonger(SearchRecord search, Phase phase) {
    return of(search, phase).map(level -> Boolean.TRUE.equals(level.confirms())).orElse(false);
  }

  private static Optional<SearchLevel> of(SearchRecord search, Phase phase) {
    return search.levels().stream()
        .filter(level -> level.startSecond() == phase.startSecond())
        .findFirst();
  }

  /** A level in which every service has too few calls has neither held nor broken. */
  private boolean isJudged(Phase phase) {
    return notJudged(phase).size() < rule.targets().size();
  }

  private List<String> notJudged(Phase phase) {
    return rule.targets().keySet().stream()
        .filter(service -> calls(service, phase) < rule.fewest())
        .toList();
  }

  private long calls(String service, Phase phase) {
    long calls = counts.shed(service, phase.startSecond(), phase.endSecond());
    for (int second = phase.startSecond(); second < phase.endSecond(); second++) {
      calls += counts.started(service, second);
    }
    return calls;
  }

  private Optional<Breach> breach(Phase phase, Doubt doubt) {
    boolean open = facts.isOpen();
    return rule.breach(counts, facts.load(), phase, open, doubt);
  }

  private Level level(Phase phase, Map<String, Stats> hold) {
    SearchRecord search = facts.end().search();
    boolean isLonger = search != null && isLonger(search, phase);
    LevelRule own = isLonger ? rule.forAnEnd() : rule;
    Judged judged = own.judge(counts, facts.load(), together(phase), before(phase), facts.isOpen());
    // A search may require more holds of a level than the one that proves it.
    boolean wantsMore =
        isLonger
            && judged.held()
            && of(search, phase)
                .filter(level -> Boolean.TRUE.equals(level.undecided()))
                .isPresent();
    Optional<Breach> worst = judged.breach();
    return new Level(
        phase.name(),
        phase.startSecond(),
        phase.users(),
        rounded(phase.totalRps()),
        Math.round(ended(phase) * 10.0 / (phase.endSecond() - phase.startSecond())) / 10.0,
        judged.held() && !wantsMore,
        worst.map(Breach::service).orElse(null),
        worst.map(breach -> operation(hold, breach)).orElse(null),
        wantsMore ? of(search, phase).orElseThrow().why() : judged.why(),
        notJudged(phase),
        worst.map(breach -> breach.cause() != Cause.NOT_SENT).orElse(true),
        judged.isUndecided() || wantsMore);
  }

  private static double rounded(double rps) {
    return Math.round(rps * 10) / 10.0;
  }

  /**
   * Adds how often the system collapses at the level that broke, if it recovers in between: such a
   * system has no sharp limit.
   */
  public BreakingPoint withCollapses(BreakingPoint answer) {
    Level broken = answer.firstBroken();
    if (broken == null || broken.service() == null) {
      return answer;
    }
    String service = broken.service();
    Episodes above = episodes(broken.plannedRps(), service);
    if (!rule.recur(above, service)) {
      return answer;
    }
    String often =
        text(
            "at %,.0f req/s %s collapses about %s times a minute, for %.1f s each",
            broken.plannedRps(), service, Units.digits(above.perMinute(), 2), above.seconds());
    String below =
        answer.lastHeld() == null ? "" : "; " + below(answer.lastHeld().plannedRps(), service);
    return answer.with(answer.sentence() + "; " + often + below);
  }

  private String below(double rps, String service) {
    Episodes there = episodes(rps, service);
    String watched = text(Duration.ofSeconds(there.watched()));
    return there.count() == 0
        ? text("at %,.0f never in %s", rps, watched)
        : text("at %,.0f %,d times in %s", rps, there.count(), watched);
  }

  private Episodes episodes(double rps, String service) {
    return facts.phases().stream()
        .filter(phase -> isLevel(phase) && rounded(phase.totalRps()) == rps)
        .map(phase -> rule.episodes(counts, phase, service))
        .reduce(Episodes.NONE, Episodes::plus);
  }

  private long ended(Phase phase) {
    Timeline timeline = model.timeline();
    long calls = 0;
    for (int second = phase.startSecond(); second < phase.endSecond(); second++) {
      calls += timeline.ended(second);
    }
    return calls;
  }

  /** Returns the contradictions between log and search that are beyond doubt, in sentences. */
  public List<String> contradictions() {
    SearchRecord search = facts.end().search();
    List<String> contradictions = new ArrayList<>();
    if (search == null) {
      return contradictions;
    }
    if (search.unfinished() != null) {
      contradictions.add("the search ended without an answer: " + search.unfinished());
    }
    if (search.stuckRps() != null && recoveredInTheLog()) {
      contradictions.add(
          text(
              "the search counted the system as not recovered at %,.0f req/s; the log does not show"
                  + " it",
              search.stuckRps()));
    }
    for (Phase phase : facts.phases()) {
      Optional<SearchLevel> level = phase.hold() ? of(search, phase) : Optional.empty();
      if (level.isPresent() && level.get().held()) {
        breach(phase, Doubt.FOR_THE_SYSTEM)
            .ifPresent(
                breach ->
                    contradictions.add(
                        text(
                            "the search counted %,.0f req/s at %s as held; the log says: %s",
                            level.get().rps(), clock(phase.startSecond()), breach.why())));
      } else if (level.isPresent()
          && !Boolean.TRUE.equals(level.get().undecided())
          && breach(phase, Doubt.AGAINST_THE_SYSTEM).isEmpty()) {
        contradictions.add(
            text(
                "the search counted %,.0f req/s at %s as broken (%s); the log does not show it",
                level.get().rps(), clock(phase.startSecond()), level.get().why()));
      }
    }
    return contradictions;
  }

  /** Returns whether the latter half of the search's last low level holds according to the log. */
  private boolean recoveredInTheLog() {
    List<Phase> phases = facts.phases();
    Phase low = phases.get(phases.size() - 1);
    return rule.onAnyCalls()
        .breach(counts, facts.load(), low.latterHalf(), false, Doubt.AGAINST_THE_SYSTEM)
        .isEmpty();
  }

  private static String operation(Map<String, Stats> hold, Breach breach) {
    Comparator<Stats> most =
        breach.cause() == Cause.ERRORS
            ? Comparator.comparingLong(Stats::failed)
            : Comparator.comparingLong(stats -> stats.percentile(Percentile.P95));
    return hold.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(breach.service() + " / "))
        .max(Map.Entry.comparingByValue(most))
        .map(entry -> entry.getKey().substring(breach.service().length() + 3))
        .orElse(null);
  }
}
