/**
 * Resource use during a run: the services by their metrics pages, the generator by its processor,
 * its pauses and its control group.
 *
 * <p>Example: a thread that sleeps for 5 ms and wakes up after 200 ms saw a pause of 195 ms: a
 * second like that says nothing of the system. It measures and does not judge: {@code verdict}
 * decides what a pause means, {@code finding} what rising memory means.
 */
package com.soundcore.kcp.monitoring;
