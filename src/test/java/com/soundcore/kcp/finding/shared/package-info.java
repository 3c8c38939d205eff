/**
 * Causes that several services share: what their database did while they were slow or failed.
 *
 * <p>Example: from 0:12 on, 14 of 15 busy sessions wait for a lock that "nightly-report" holds:
 * that is one finding at the database, and not five of the services. Each cause is a {@link
 * com.soundcore.kcp.finding.shared.Hypothesis}: it compares the sessions in the degradation with
 * those before it and says which services it explains. By Little's law an average number of
 * sessions is also the time that calls spend so: where most sessions wait for locks, most of the
 * time is waited for locks.
 */
package com.soundcore.kcp.finding.shared;
