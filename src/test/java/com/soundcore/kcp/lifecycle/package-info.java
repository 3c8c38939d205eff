/**
 * A run from start to verdict: all steps before, during and after the load, in order. {@link
 * com.soundcore.kcp.KcpSimulation} calls this package from Gatling's hooks.
 *
 * <p>Before the load, the configuration is checked, production is guarded, the embedded backend
 * starts, and the preflight calls each operation once. During the load, the recording keeps the
 * facts that the log lacks. After the load, {@link com.soundcore.kcp.lifecycle.RunJudge} judges the
 * log and writes the reports. {@link com.soundcore.kcp.lifecycle.Exit} then ends the process with
 * {@code PASS} 0, {@code FAIL} 2, {@code INVALID} 3 or {@code UNDECIDED} 4.
 *
 * <p>This package does no arithmetic: {@code verdict} decides whether a limit is met, and {@code
 * injection} what to send.
 */
package com.soundcore.kcp.lifecycle;
