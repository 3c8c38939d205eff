/**
 * A load test of a system whose truth is known, in virtual time.
 *
 * <p>A configuration, a test and a {@link com.soundcore.kcp.truth.SystemUnderTest} in; a run folder
 * out, as a real run would have left it: Gatling's log, the run's facts, the system's own figures;
 * and beside it the {@link com.soundcore.kcp.truth.Truth}. The bench asks the suite questions about
 * such runs and counts how often it is wrong; the simulator itself must not know how a run is
 * judged.
 */
package com.soundcore.kcp.truth;
