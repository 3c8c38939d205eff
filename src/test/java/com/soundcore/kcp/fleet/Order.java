package com.soundcore.kcp.fleet;

/**
 * What the conductor answers.
 *
 * @param startAtMs when all begin, by the conductor's clock; null where that is not known yet
 * @param stop why the load ends now; null where it goes on
 * @param byGenerator whether an injector is the reason, and not the system
 * @param startedAtMs when the load of all began: the first second of each model; null until all
 *     have ended
 */
public record Order(Long startAtMs, String stop, boolean byGenerator, Long startedAtMs) {}
