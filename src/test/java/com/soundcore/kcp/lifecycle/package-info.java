/**
 * A run from start to verdict: everything that must happen before, during and after the load, in
 * order. {@link com.soundcore.kcp.KcpSimulation} calls it from Gatling's hooks.
 *
 * <p>Before: the configuration is checked, production is guarded, the embedded backend starts, the
 * preflight calls each operation once. During: the recording keeps what the log does not have.
 * After: {@link com.soundcore.kcp.lifecycle.RunJudge} judges the log and writes the reports, and
 * {@link com.soundcore.kcp.lifecycle.Exit} ends the process: {@code PASS} 0, {@code FAIL} 2, {@code
 * INVALID} 3.
 *
 * <p>It holds no arithmetic: whether a limit holds is asked in {@code verdict}, what to send in
 * {@code injection}.
 */
package com.soundcore.kcp.lifecycle;
