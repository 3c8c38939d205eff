package com.soundcore.kcp.fleet;

/**
 * The conductor's response to a heartbeat.
 *
 * @param startAtMs when all injectors start, in ms since the epoch by the conductor's clock; null
 *     until known
 * @param stop why the load must stop now; null if it continues
 * @param byGenerator whether an injector, not the system, caused the stop
 * @param startedAtMs when the first load started, which is the first second of each model; null
 *     until all injectors have finished
 */
public record Order(Long startAtMs, String stop, boolean byGenerator, Long startedAtMs) {}
