/**
 * How often is the suite wrong? Questions whose right answer is known, asked of thousands of
 * simulated runs: a system at twice its limit must not pass, a healthy one must not fail, a search
 * must find the limit.
 *
 * <p>{@link com.soundcore.kcp.truth.TruthBench} prints false passes, false alarms and errors, each
 * with its bound. The simulator does not know how a run is judged; the suite does not know that a
 * run was simulated.
 */
package com.soundcore.kcp.truth;
