/**
 * The run while it runs: what virtual users do, counted as it happens; a page, figures for
 * Prometheus and a console line made of it; the decision to stop early, and the search for the
 * highest rate, by the same rules as the verdict.
 *
 * <p>Observations of the workload in, figures for people out. It must not judge: the verdict is
 * made of the log alone.
 */
package com.soundcore.kcp.live;
