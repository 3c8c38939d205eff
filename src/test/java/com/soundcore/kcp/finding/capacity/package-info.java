/**
 * How much a system holds: the holds of a run as levels of load, which of them held, what failed
 * first, and where a search's own counts and the log contradict each other. All of it by the one
 * rule ({@link com.soundcore.kcp.verdict.level.LevelRule}) that steers the search, too.
 */
package com.soundcore.kcp.finding.capacity;
