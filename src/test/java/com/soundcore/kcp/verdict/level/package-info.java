/**
 * Whether a level of load held: every service was sent its load, answered it within its targets,
 * and did not fall behind. One rule for the search that steers ({@code injection}), for the live
 * figures and for the report.
 *
 * <p>Example: at 8,000 req/s, 3 % of the arrivals were dropped at the cap: the level broke, however
 * fast the others were answered.
 */
package com.soundcore.kcp.verdict.level;
