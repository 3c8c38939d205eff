/**
 * The suite. {@link com.soundcore.kcp.KcpSimulation} is the base of the seven tests; a test adds
 * nothing but its name, which is a key of {@code conf/tests.conf}.
 *
 * <p>A request goes this way: {@code config} reads the files; {@code injection} turns the stages of
 * the test into arrivals; a virtual user of {@code workload} takes a row from the feeder of its
 * service, makes the call and checks the answer; Gatling logs it; {@code live} counts it.
 *
 * <p>A verdict goes this way: {@code result} reads the log into a model; {@code verdict} judges it,
 * limit by limit and hold by hold; {@code finding} says what else the run shows, and why; {@code
 * report} writes it; {@code lifecycle} ends the process with 0, 2 or 3.
 */
package com.soundcore.kcp;
