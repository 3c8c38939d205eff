package com.soundcore.kcp.run;

/** When the load was stopped, in seconds from its start, and why, in a sentence. */
public record Stopped(int second, String why) {}
