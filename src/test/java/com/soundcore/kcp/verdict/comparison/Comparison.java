package com.soundcore.kcp.verdict.comparison;

import com.soundcore.kcp.config.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The comparison of a run with an earlier one.
 *
 * @param baseline tag of the earlier run
 * @param startedAt start of the earlier run, ISO 8601
 * @param notComparable why the runs were not compared, in sentences; empty if they were
 * @param differences one for each subject and metric
 */
public record Comparison(
    String baseline, String startedAt, List<String> notComparable, List<Difference> differences) {

  /** The outcome for one metric. */
  public enum Outcome {
    /** Worse by more than the configured share, and not explained by chance. */
    REGRESSION,
    IMPROVEMENT,
    SAME,
    /** Too few requests to compare. */
    TOO_FEW
  }

  /**
   * One metric of one subject in both runs.
   *
   * @param subject a service or "service / operation"
   * @param figure p50, p95, p99 or errors
   * @param unit of the metric: ms or %
   * @param before in the baseline
   * @param now in this run
   * @param difference the Hodges-Lehmann estimate of the increase, which may differ slightly from
   *     now - before; null if there are too few requests
   * @param pValue probability of such a difference by chance alone; null if there are too few
   *     requests
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

    /** Returns the difference as a sentence. */
    public String sentence() {
      return String.format(
          Locale.ROOT,
          "%s %s is %s %s, was %s %s (by %s%s %s; chance alone: %s)",
          subject,
          figure,
          Units.fourDigits(now.median()),
          unit,
          Units.fourDigits(before.median()),
          unit,
          difference > 0 ? "+" : "",
          Units.digits(difference, 3),
          unit,
          Units.chance(pValue));
    }
  }

  /** The median of the blocks, with its 95 % confidence interval. */
  public record Interval(double median, double low, double high) {}

  /** Returns whether any metric is worse. */
  public boolean worse() {
    return !with(Outcome.REGRESSION).isEmpty();
  }

  /** Returns whether any metric could be compared. */
  public boolean tells() {
    return differences.size() > with(Outcome.TOO_FEW).size();
  }

  /** Returns the result in sentences. */
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

  /** Returns the result in one sentence: how many metrics have moved, or why none was compared. */
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
