package com.soundcore.kcp.finding.capacity;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.finding.capacity.BreakingPoint.Interval;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Outcome;
import com.soundcore.kcp.run.SearchRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The choice of the answer among the levels of a run, with or without a search. */
public final class BreakingPoints {
  private static final double SAME = 1e-3;
  // Below this rate, whole requests per second are too coarse.
  private static final double FEW = 100;

  private final SearchRecord search;
  private final List<Level> levels;
  private final double confidence;

  private BreakingPoints(SearchRecord search, List<Level> levels, double confidence) {
    this.search = search;
    this.levels = levels;
    this.confidence = confidence;
  }

  /**
   * Returns the answer.
   *
   * @param search the record of a search; null if the levels were fixed
   * @param levels as judged from the log
   * @param saturated whether the generator was saturated
   * @param confidence with which a level is proved or refuted, such as 0.95
   * @return empty if the run has no level
   */
  public static Optional<BreakingPoint> of(
      SearchRecord search, List<Level> levels, boolean saturated, double confidence) {
    return levels.isEmpty()
        ? Optional.empty()
        : Optional.of(new BreakingPoints(search, levels, confidence).answer(saturated));
  }

  private BreakingPoint answer(boolean saturated) {
    Optional<Level> held = search == null ? highestHeld() : at(search.answerRps(), true);
    Optional<Level> broken =
        search == null ? lowestBrokenAbove(held) : at(search.brokenRps(), false);
    if (saturated || levels.stream().anyMatch(this::neverSent)) {
      return answer(
          Outcome.GENERATOR,
          held,
          broken,
          "was limited by the generator"
              + held.map(level -> "; " + load(level) + " held").orElse(""));
    }
    if (search != null && search.stuckRps() != null && broken.isPresent()) {
      return notRecovered(search.stuckRps(), broken.get());
    }
    if (held.isEmpty() && broken.isEmpty()) {
      return answer(
          Outcome.NOT_CONFIRMED, held, broken, "has no answer: the search ended too early");
    }
    if (broken.isEmpty()) {
      Level highest = held.get();
      boolean all =
          levels.stream()
              .noneMatch(level -> level.plannedRps() > highest.plannedRps() * (1 + SAME));
      return all
          ? answer(
              Outcome.NOT_FOUND, held, broken, text("holds %s, the highest level", load(highest)))
          : answer(
              Outcome.FOUND,
              held,
              broken,
              text("holds at least %s; no level above it was refuted", load(highest)));
    }
    if (held.isEmpty()) {
      boolean lowest = levels.stream().allMatch(Level::broke);
      return answer(
          lowest ? Outcome.BELOW_FIRST : Outcome.NOT_CONFIRMED,
          held,
          broken,
          lowest
              ? text("holds less than %s, the lowest level; %s", load(broken.get()), first(broken))
              : text(
                  "has no level that was proved to hold; %s broke; %s",
                  load(broken.get()), first(broken)));
    }
    return answer(
        Outcome.FOUND,
        held,
        broken,
        search == null
            ? text(
                "holds %s and not %s%s; %s",
                load(held.get()), load(broken.get()), between(held.get()), first(broken))
            : text("holds %s; %s", interval(held.get(), broken.get()), first(broken)));
  }

  /**
   * Describes the proved rate and the interval of the limit, such as "75 req/s (95 %: 73 to 78)".
   */
  private String interval(Level held, Level broken) {
    String form = broken.plannedRps() < FEW ? "%,.1f" : "%,.0f";
    return text(
        form + " req/s (%.0f %%: " + form + " to " + form + ")",
        held.plannedRps(),
        confidence * 100,
        low(held),
        broken.plannedRps());
  }

  private double low(Level held) {
    return search.lowRps() == null
        ? held.plannedRps()
        : Math.min(held.plannedRps(), Math.round(search.lowRps() * 10) / 10.0);
  }

  /** Describes the levels above that were neither proved nor refuted. */
  private String between(Level held) {
    List<String> undecided =
        levels.stream()
            .filter(level -> level.undecided() && level.plannedRps() > held.plannedRps())
            .map(BreakingPoints::load)
            .toList();
    return undecided.isEmpty()
        ? ""
        : text(" (%s: neither proved nor refuted)", String.join(", ", undecided));
  }

  /** A single try suffices here: the system stayed broken, so it was no random bad moment. */
  private BreakingPoint notRecovered(double stuckRps, Level broken) {
    Optional<Level> below =
        levels.stream()
            .filter(level -> level.held() && level.plannedRps() < broken.plannedRps())
            .max(byLoad());
    if (below.isEmpty()) {
      String sentence =
          text(
              "holds less than %s, the lowest level, and not even %,.0f req/s afterwards; %s",
              load(broken), stuckRps, first(Optional.of(broken)));
      return answer(Outcome.BELOW_FIRST, below, Optional.of(broken), sentence);
    }
    String sentence =
        text(
            "breaks at %s and did not recover in the time that the search gave it, not even at"
                + " %,.0f req/s; %s",
            load(broken), stuckRps, first(Optional.of(broken)));
    return answer(Outcome.NOT_RECOVERED, below, Optional.of(broken), sentence);
  }

  /** Returns whether a level's load was not sent, unless the same level was sent and held later. */
  private boolean neverSent(Level level) {
    return !level.held()
        && !level.sent()
        && levels.stream()
            .noneMatch(
                other ->
                    other.held()
                        && other.startSecond() > level.startSecond()
                        && Math.abs(other.plannedRps() - level.plannedRps()) <= 0.1);
  }

  /** Ignores broken levels below one that held: they were not the limit. */
  private Optional<Level> highestHeld() {
    return levels.stream().filter(Level::held).max(byLoad());
  }

  private Optional<Level> lowestBrokenAbove(Optional<Level> held) {
    return levels.stream()
        .filter(Level::broke)
        .filter(level -> held.isEmpty() || level.plannedRps() > held.get().plannedRps())
        .min(byLoad());
  }

  private Optional<Level> at(Double rps, boolean held) {
    return rps == null
        ? Optional.empty()
        : levels.stream()
            .filter(level -> Math.abs(level.plannedRps() - rps) <= SAME * rps + 0.1)
            .filter(level -> level.held() == held)
            .reduce((first, last) -> last)
            .or(
                () ->
                    levels.stream()
                        .filter(level -> Math.abs(level.plannedRps() - rps) <= SAME * rps + 0.1)
                        .reduce((first, last) -> last));
  }

  private static Comparator<Level> byLoad() {
    return Comparator.comparingDouble(Level::plannedRps);
  }

  private BreakingPoint answer(
      Outcome outcome, Optional<Level> held, Optional<Level> broken, String sentence) {
    String blind =
        held.map(Level::notJudged)
            .filter(services -> !services.isEmpty())
            .map(services -> "; too few calls of " + String.join(", ", services) + " to judge it")
            .orElse("");
    Interval interval =
        outcome == Outcome.FOUND && search != null
            ? new Interval(
                low(held.orElseThrow()),
                broken.map(Level::plannedRps).orElse(null),
                confidence * 100)
            : null;
    return new BreakingPoint(
        outcome, held.orElse(null), broken.orElse(null), interval, sentence + blind);
  }

  private static String first(Optional<Level> broken) {
    Level level = broken.orElseThrow();
    if (level.service() == null) {
      return "the log does not show why";
    }
    String operation = level.operation() == null ? "" : ", " + level.operation();
    return text("%s fails first%s: %s", level.service(), operation, level.why());
  }

  private static String load(Level level) {
    return level.users() > 0
        ? text("%,d users (%,.0f req/s)", level.users(), level.plannedRps())
        : text("%,.0f req/s", level.plannedRps());
  }
}
