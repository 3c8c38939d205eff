/**
 * Counts the calls of a run in progress as they finish: how many there were, how long they took,
 * which were slowest, which failed, and which connections closed without an answer. Virtual users
 * write the counts without waiting for each other, and a reader collects them. Level decisions
 * during the run use counts by second, in the same terms as the log. Failures and slow calls are
 * kept as examples for the report. This package displays nothing and decides nothing.
 */
package com.soundcore.kcp.live.calls;
