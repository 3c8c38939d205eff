/**
 * Decides whether a level of load held: every service was sent its load, answered it within its
 * targets, and did not fall behind. One rule serves the search that steers ({@code injection}), the
 * live figures, and the report. It counts calls by second, from a log or from a run in progress. If
 * a service collapses repeatedly, the calls of an episode count as one.
 *
 * <p>Example: at 8,000 req/s, 3 % of the arrivals were dropped at the cap. The level broke, however
 * fast the other calls were answered.
 */
package com.soundcore.kcp.verdict.level;
