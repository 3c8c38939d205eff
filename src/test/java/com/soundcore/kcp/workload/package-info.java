/**
 * The behaviour of virtual users: feeders that draw calls, journeys that combine calls, and checks
 * of every response. Each service has one feeder.
 *
 * <p>The package turns configuration into Gatling chains. It also gives the mix of journeys as
 * plain numbers to the packages that plan the load. It contains no numbers, URLs or paths, because
 * they are data. The amount and timing of the load belong to {@code injection}.
 */
package com.soundcore.kcp.workload;
