/**
 * Metrics collected during a run, in addition to response times. Sources are the services' metrics
 * pages or Prometheus, PostgreSQL's views, {@code /proc} of this machine, and the generator's CPU,
 * pauses and control group.
 *
 * <p>Example: the database's sessions are counted by state twice a second. If on average 14 of 15
 * wait for a lock, calls spend their time waiting for that lock (Little's law).
 *
 * <p>This package measures and does not judge. {@code verdict} decides what a pause means, and
 * {@code finding} what a lock wait means. Monitoring must not become load: every query has a
 * timeout, and slow sources are polled less often.
 */
package com.soundcore.kcp.monitoring;
