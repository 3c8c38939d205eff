package com.soundcore.kcp.preflight;

/**
 * One thing that was checked before a run.
 *
 * @param subject whose it is: a service, or "this machine"
 * @param check what was looked at, such as "health" or an operation
 * @param sent what was asked
 * @param expected what is right
 * @param received what came
 * @param passed whether it was right
 */
public record CheckResult(
    String subject, String check, String sent, String expected, String received, boolean passed) {}
