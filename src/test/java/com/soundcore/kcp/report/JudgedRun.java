package com.soundcore.kcp.report;

import com.soundcore.kcp.finding.Findings;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.verdict.Verdict;

/**
 * A run with its verdict: all that a report can show.
 *
 * @param model what was measured
 * @param verdict PASS, FAIL or INVALID, and why
 * @param findings what the run shows beside its gates
 * @param summary all of it as data, in the layout of {@code summary.json}
 */
public record JudgedRun(RunModel model, Verdict verdict, Findings findings, Summary summary) {}
