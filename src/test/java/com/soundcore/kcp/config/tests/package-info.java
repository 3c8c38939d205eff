/**
 * The seven tests as data ({@code tests.conf}): stages of load, the model that they are made for,
 * what must hold, and where a test looks for the highest load, how it searches.
 *
 * <p>Example: {@code Qps10k} is a ramp to 10,000 requests per second and a hold of five minutes in
 * the open model, with the target of each service as a gate.
 */
package com.soundcore.kcp.config.tests;
