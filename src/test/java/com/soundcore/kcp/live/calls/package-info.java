/**
 * The calls of a run that still runs, counted as they end: how many, how long they took, which were
 * slowest, which failed, and which connections closed without an answer.
 *
 * <p>Virtual users write, without ever waiting for each other; whoever wants to know reads. Nothing
 * is shown and nothing is decided here.
 */
package com.soundcore.kcp.live.calls;
