/**
 * What virtual users do: one feeder per service, journeys made of its calls, checks on every
 * answer.
 *
 * <p>Configuration in, Gatling chains out, and the mix of journeys as plain numbers for those who
 * plan the load. It must not know numbers, URLs or paths (they are data), nor how much load there
 * is or when.
 */
package com.soundcore.kcp.workload;
