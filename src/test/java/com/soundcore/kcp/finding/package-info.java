/**
 * What a run shows beyond its gates: where the system began to give way, how it recovered, what
 * drifted, and which bottleneck is the likely cause.
 *
 * <p>Facts, model and the system's own figures in, findings out, each with its evidence in
 * sentences. It must not know any format, and never guesses: "unknown" is a finding, too.
 */
package com.soundcore.kcp.finding;
