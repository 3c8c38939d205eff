package com.soundcore.kcp.report;

import com.soundcore.kcp.finding.Findings;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.Verdict;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/**
 * A run with its verdict: all that a report can show.
 *
 * @param facts what was planned, and what the generator saw of itself
 * @param model what was measured
 * @param verdict PASS, FAIL, INVALID or UNDECIDED, and why
 * @param findings what the run shows beyond its gates
 * @param summary the same as data, in the layout of {@code summary.json}
 * @param promises by service
 * @param earlier runs that this one was compared with, as far as they could be
 */
public record JudgedRun(
    RunMetadata facts,
    RunModel model,
    Verdict verdict,
    Findings findings,
    Summary summary,
    Map<String, Promise> promises,
    List<Earlier> earlier) {

  /**
   * An earlier run.
   *
   * @param name its tag
   * @param times response times by service or "all"
   */
  public record Earlier(String name, Map<String, Histogram> times) {}

  /**
   * What a service must keep.
   *
   * @param percentilesMs in ms, by the name of a percentile, such as "p95", which is always there
   * @param errorRate at most this fraction of its requests may fail
   */
  public record Promise(SortedMap<String, Long> percentilesMs, double errorRate) {
    long p95Ms() {
      return percentilesMs.get(Percentile.P95.name());
    }
  }
}
