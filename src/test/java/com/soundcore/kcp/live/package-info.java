/**
 * The run while it runs: calls are counted as they end; a page, a console line and figures for
 * Prometheus are made of the counts; and the load is stopped early where its gates are lost beyond
 * doubt.
 *
 * <p>What is shown here is for people. The verdict is made of the log and of what the log cannot
 * know (dropped arrivals, closed connections); both ask the same {@link
 * com.soundcore.kcp.verdict.ServiceLevel}.
 */
package com.soundcore.kcp.live;
