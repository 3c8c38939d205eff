/**
 * The amount of load and its timing.
 *
 * <p>A {@link com.soundcore.kcp.injection.Plan} turns the stages of a test into whole arrivals per
 * second and service, or into concurrent users. In the open model, arrivals do not depend on the
 * system. In the closed model, a user waits for a response before the next call. Shares are exact:
 * 10,000 req/s over three injectors are 3,334 + 3,333 + 3,333.
 *
 * <p>If a test searches for the highest sustainable load, {@link
 * com.soundcore.kcp.injection.LoadSearch} steers it. The search climbs until a level breaks, halves
 * the interval, retries each broken level once and confirms its answer. It judges by the same
 * {@link com.soundcore.kcp.verdict.level.LevelRule} that later judges the log.
 */
package com.soundcore.kcp.injection;
