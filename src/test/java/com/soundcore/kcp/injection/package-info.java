/**
 * How much load there is, and when.
 *
 * <p>A {@link com.soundcore.kcp.injection.Plan} turns the stages of a test into whole arrivals per
 * second and service (open model: users come whatever the system does) or into concurrent users
 * (closed model: a user waits for an answer before the next call). Shares are exact: 10,000 req/s
 * over three injectors are 3,334 + 3,333 + 3,333.
 *
 * <p>Where a test searches for the highest load, {@link com.soundcore.kcp.injection.LoadSearch}
 * steers: it climbs until a level breaks, halves the interval, retries a broken level once and
 * confirms its answer, by the same {@link com.soundcore.kcp.verdict.level.LevelRule} that judges
 * the log later.
 */
package com.soundcore.kcp.injection;
