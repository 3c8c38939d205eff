package com.soundcore.kcp.run;

/** Calls that ended, rightly and not. */
public record Answered(long ok, long failed) {}
