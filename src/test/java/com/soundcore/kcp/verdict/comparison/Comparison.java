package com.soundcore.kcp.verdict.comparison;

import com.soundcore.kcp.config.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The comparison of a run with an earlier one.
 *
 * @param baseline the earlier run's tag
 * @param startedAt when that began, ISO 8601
 * @param notComparable why there is no comparison, in sentences; empty where there is one
 * @param differences one for each subject and figure
 */
public record Comparison(
    String baseline, String startedAt, List<String> notComparable, List<Difference> differences) {

  /** What a difference is. */
  public enum Outcome {
    /** Worse by more than the configured share, and by more than chance. */
    REGRESSION,
    IMPROVEMENT,
    SAME,
    /** Too few requests to tell. */
    TOO_FEW
  }

  /**
   * A figure of one subject in both runs.
   *
   * @param subject a service or "service / operation"
   * @param figure p50, p95, p99 or errors
   * @param unit of the figures: ms or %
   * @param before in the baseline
   * @param now in this run
   * @param difference by which it is larger now: the Hodges-Lehmann estimate, which may differ a
   *     little from now - before; absent where there is too little
   * @param pValue how often chance alone makes such a difference; absent where there is too little
   */
  public record Difference(
      String subject,
      String figure,
      String unit,
      Interval before,
      Interval now,
      Double difference,
      Double pValue,
      Outcome outcome) {

    /** In a sentence. */
    public String sentence() {
      return String.format(
          Locale.ROOT,
          "%s %s is %s %s, was %s %s (by %+.3g %s; chance alone: p = %.1g)",
          subject,
          figure,
          Units.fourDigits(now.median()),
          unit,
          Units.fourDigits(before.median()),
          unit,
          difference,
          unit,
          pValue);
    }
  }

  /** The median of the blocks, and the bounds that hold it with 95 % confidence. */
  public record Interval(double median, double low, double high) {}

  /** Whether something is worse than it was. */
  public boolean worse() {
    return !with(Outcome.REGRESSION).isEmpty();
  }

  /** Whether anything could be compared at all. */
  public boolean tells() {
    return differences.size() > with(Outcome.TOO_FEW).size();
  }

  /** What it comes to, in sentences. */
  public List<String> sentences() {
    if (!notComparable.isEmpty()) {
      return notComparable.stream().map(this::notCompared).toList();
    }
    List<String> sentences = new ArrayList<>();
    with(Outcome.REGRESSION).forEach(worse -> sentences.add("worse: " + worse.sentence()));
    with(Outcome.IMPROVEMENT).forEach(better -> sentences.add("better: " + better.sentence()));
    sentences.add(inOneSentence());
    return sentences;
  }

  /** What it comes to in one sentence: how many figures have moved, or why none was compared. */
  public String inOneSentence() {
    if (!notComparable.isEmpty()) {
      return notCompared(String.join("; ", notComparable));
    }
    return "compared with %s: %d of %d figures are worse, %d better; %d have too few calls"
        .formatted(
            baseline,
            with(Outcome.REGRESSION).size(),
            differences.size() - with(Outcome.TOO_FEW).size(),
            with(Outcome.IMPROVEMENT).size(),
            with(Outcome.TOO_FEW).size());
  }

  private String notCompared(String why) {
    return "not compared with " + baseline + ": " + why;
  }

  public List<Difference> with(Outcome outcome) {
    return differences.stream().filter(difference -> difference.outcome() == outcome).toList();
  }
}
