/**
 * Describes a run: its metadata, its planned phases, its folder, and the words for the errors of a
 * call. Gatling's log holds the calls; these files hold everything else that a verdict needs. A
 * file is written completely or not at all, and known secrets are removed from it. The package uses
 * nothing else of the suite.
 *
 * <p>Three ideas have their only home here. The {@link com.soundcore.kcp.run.LoadProfile} is the
 * planned rate at any second. The {@link com.soundcore.kcp.run.SteadyState} defines the seconds
 * that count. The {@link com.soundcore.kcp.run.ErrorKind} names the side at fault for an error: the
 * system, the generator, or the test data.
 */
package com.soundcore.kcp.run;
