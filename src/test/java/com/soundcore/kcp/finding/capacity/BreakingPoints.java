package com.soundcore.kcp.finding.capacity;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Outcome;
import com.soundcore.kcp.run.SearchRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the answer among the levels of a run: that of its search, or that of its fixed levels. */
public final class BreakingPoints {
  private static final double SAME = 1e-3;

  private BreakingPoints() {}

  /**
   * The answer.
   *
   * @param search what a search found; null where the levels were fixed
   * @param levels as the log has them
   * @param saturated whether the generator was
   * @return nothing where the run has no level at all
   */
  public static Optional<BreakingPoint> of(
      SearchRecord search, List<Level> levels, boolean saturated) {
    if (levels.isEmpty()) {
      return Optional.empty();
    }
    Optional<Level> held =
        search == null ? highestHeld(levels) : at(levels, search.answerRps(), true);
    Optional<Level> broken =
        search == null ? lowestBrokenAbove(levels, held) : at(levels, search.brokenRps(), false);
    if (saturated || levels.stream().anyMatch(level -> neverSent(level, levels))) {
      return answer(
          Outcome.GENERATOR,
          held,
          broken,
          "was limited by the generator"
              + held.map(level -> "; " + load(level) + " held").orElse(""));
    }
    if (search != null && search.stuckRps() != null && broken.isPresent()) {
      return notRecovered(search.stuckRps(), levels, broken.get());
    }
    if (held.isEmpty() && broken.isEmpty()) {
      return answer(
          Outcome.NOT_CONFIRMED, held, broken, "has no answer: the search ended too early");
    }
    if (broken.isEmpty()) {
      return answer(
          Outcome.NOT_FOUND, held, broken, text("holds %s, the highest level", load(held.get())));
    }
    if (held.isEmpty()) {
      boolean lowest = levels.stream().noneMatch(Level::held);
      return answer(
          lowest ? Outcome.BELOW_FIRST : Outcome.NOT_CONFIRMED,
          held,
          broken,
          lowest
              ? text("holds less than %s, the lowest level; %s", load(broken.get()), first(broken))
              : text("has no confirmed level; %s broke; %s", load(broken.get()), first(broken)));
    }
    double low = held.get().plannedRps();
    double high = broken.get().plannedRps();
    return answer(
        Outcome.FOUND,
        held,
        broken,
        search == null
            ? text("holds %s and not %s; %s", load(held.get()), load(broken.get()), first(broken))
            : text(
                "holds %s ± %.2g %%; %s",
                load(held.get()), (high - low) / low * 100, first(broken)));
  }

  /** One try is enough: it was no bad moment. */
  private static Optional<BreakingPoint> notRecovered(
      double stuckRps, List<Level> levels, Level broken) {
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

  /** A try that was not sent, unless the same level was sent and held afterwards. */
  private static boolean neverSent(Level level, List<Level> levels) {
    return !level.held()
        && !level.sent()
        && levels.stream()
            .noneMatch(
                other ->
                    other.held()
                        && other.startSecond() > level.startSecond()
                        && Math.abs(other.plannedRps() - level.plannedRps()) <= 0.1);
  }

  /** A level that broke below one that held was no limit. */
  private static Optional<Level> highestHeld(List<Level> levels) {
    return levels.stream().filter(Level::held).max(byLoad());
  }

  private static Optional<Level> lowestBrokenAbove(List<Level> levels, Optional<Level> held) {
    // No level above the highest one that held has held.
    return levels.stream()
        .filter(level -> held.isEmpty() || level.plannedRps() > held.get().plannedRps())
        .min(byLoad());
  }

  private static Optional<Level> at(List<Level> levels, Double rps, boolean held) {
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

  private static Optional<BreakingPoint> answer(
      Outcome outcome, Optional<Level> held, Optional<Level> broken, String sentence) {
    String blind =
        held.map(Level::notJudged)
            .filter(services -> !services.isEmpty())
            .map(services -> "; too few calls of " + String.join(", ", services) + " to judge it")
            .orElse("");
    return Optional.of(
        new BreakingPoint(outcome, held.orElse(null), broken.orElse(null), sentence + blind));
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
