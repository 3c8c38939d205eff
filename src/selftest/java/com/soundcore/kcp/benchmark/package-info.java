/**
 * What the generator costs, measured beside others: the suite, a bare Gatling simulation, k6 and
 * wrk, with the same calls against the same backend.
 *
 * <p>In: {@code benchmark/benchmark.conf}. Out: figures on the console, with machine and versions.
 * No verdict rests on it.
 */
package com.soundcore.kcp.benchmark;
