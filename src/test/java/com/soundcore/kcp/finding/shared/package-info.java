/**
 * Causes in what services share: their database, a cache next to it, or the machine under them.
 *
 * <p>Example: from 0:12 on, 14 of 15 busy sessions wait for a lock that "nightly-report" holds.
 * That is one finding at the database, not five findings of the services. Each cause of the
 * database is a {@link com.soundcore.kcp.finding.shared.Hypothesis}: it compares the sessions in
 * the degradation with those before it, and names the services that it explains. By Little's law
 * the average number of sessions in a state also shows the time that calls spend in it: if most
 * sessions wait for locks, calls spend most of their time waiting for locks.
 */
package com.soundcore.kcp.finding.shared;
