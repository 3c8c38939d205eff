/**
 * Observes a run in progress. Calls are counted as they finish. A page, a console line and metrics
 * for Prometheus are derived from the counts. The load is stopped early if its gates are lost
 * beyond doubt, or if the generator's machine is exhausted. Several injectors exchange their counts
 * through a shared folder, so that one page shows their sum.
 *
 * <p>These displays are for people. The verdict is derived from the log, and from facts that the
 * log lacks (dropped arrivals, closed connections). Both use the same {@link
 * com.soundcore.kcp.verdict.ServiceLevel}.
 */
package com.soundcore.kcp.live;
