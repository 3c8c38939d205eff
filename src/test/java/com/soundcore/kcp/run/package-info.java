/**
 * What a run is: its metadata, its planned phases, its folder, and the words for what can go wrong
 * with a call. It uses nothing else of the suite.
 *
 * <p>Three ideas have their only home here: the {@link com.soundcore.kcp.run.LoadProfile} (the
 * planned rate at any second), the {@link com.soundcore.kcp.run.SteadyState} (which seconds count)
 * and the {@link com.soundcore.kcp.run.ErrorKind} (whose fault an error is: the system's, the
 * generator's, or the test data's).
 */
package com.soundcore.kcp.run;
