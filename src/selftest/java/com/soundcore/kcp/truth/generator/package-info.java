/**
 * How the load is made: arrivals as Gatling makes them, journeys as the suite does, the generator's
 * own ports and pauses, and what the suite counts meanwhile.
 */
package com.soundcore.kcp.truth.generator;
