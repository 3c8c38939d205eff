/**
 * The seven tests as data ({@code tests.conf}). A test has stages of load, a model (concurrent
 * users or an arrival rate) and requirements. A test that looks for the highest load also has the
 * parameters of its search.
 *
 * <p>Example: {@code Qps10k} is a ramp to 10,000 requests per second and a hold of five minutes in
 * the open model, with the target of each service as a gate.
 */
package com.soundcore.kcp.config.tests;
