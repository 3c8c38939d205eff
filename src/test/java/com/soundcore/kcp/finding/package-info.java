/**
 * The analysis of a finished run beyond its gates: the load level that it held, its recovery from a
 * peak, drifts, sudden changes, and the likely causes, ranked. The input is the run's model, its
 * metadata and the sampled metrics of the system; the output is {@link
 * com.soundcore.kcp.finding.Findings}.
 *
 * <p>Each finding states its evidence in sentences: "p95 of knowledge rose from 4 to 147 ms at
 * 2:17". The diagnosis never guesses: "no metric shows why" is also a finding. A finding decides
 * the verdict only in a test that was built to detect it ({@link
 * com.soundcore.kcp.finding.Requirements}): no drift in a {@code Soak}, recovery after a {@code
 * Spike}.
 */
package com.soundcore.kcp.finding;
