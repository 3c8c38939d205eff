/**
 * What a run shows beyond its calls: which level it held, how it recovered, what drifted or changed
 * at once, and which bottlenecks are the likely causes. Where that is what a test is for, it is a
 * gate ({@link com.soundcore.kcp.finding.Requirements}).
 *
 * <p>Facts, model and the system's own figures in, findings out, each with its evidence in
 * sentences. It must not know any format, and never guesses: "unknown" is a finding, too.
 */
package com.soundcore.kcp.finding;
