/**
 * The capacity of a system. The holds of a run are its load levels: this package decides which of
 * them held, what failed first, and how often an unstable system collapsed. From these levels it
 * derives the breaking point. It also reports where a search's own counts and the log contradict
 * each other. The same rule ({@link com.soundcore.kcp.verdict.level.LevelRule}) judges the levels
 * here and steers the search during the run.
 */
package com.soundcore.kcp.finding.capacity;
