package com.soundcore.kcp.run;

/** Calls that ended, correctly or not. */
public record Answered(long ok, long failed) {}
