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
 * A run with its verdict: all data that a report can show.
 *
 * @param facts the plan, and the generator's metrics
 * @param model the measurements
 * @param verdict PASS, FAIL, INVALID or UNDECIDED, with the reasons
 * @param findings problems beyond the gates
 * @param summary the same as data, in the layout of {@code summary.json}
 * @param promises by service
 * @param earlier runs that this one was compared with, if comparable
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
   * @param name tag of the run
   * @param times response times by service or "all"
   */
  public record Earlier(String name, Map<String, Histogram> times) {}

  /**
   * The targets of a service.
   *
   * @param percentilesMs limits in ms by name of percentile; "p95" is always present
   * @param errorRate maximum fraction of failed requests
   */
  public record Promise(SortedMap<String, Long> percentilesMs, double errorRate) {
    long p95Ms() {
      return percentilesMs.get(Percentile.P95.name());
    }
  }
}
