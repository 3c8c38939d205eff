/**
 * What a run shows beyond its gates: which level it held, how it recovered, what drifted, what
 * changed at once, and the likely causes, ranked. Where that is what a test is for, it is a gate
 * ({@link com.soundcore.kcp.finding.Requirements}): no drift in a {@code Soak}, recovery after a
 * {@code Spike}.
 *
 * <p>Each finding has its evidence in sentences: "p95 of knowledge rose from 4 to 147 ms at 2:17".
 * It never guesses: "no figure shows why" is a finding, too.
 */
package com.soundcore.kcp.finding;
