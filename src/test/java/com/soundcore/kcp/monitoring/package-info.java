/**
 * What is looked at during a run beside the answers: the services by their metrics pages or by
 * Prometheus, PostgreSQL by its own views, this machine by {@code /proc}, and the generator by its
 * processor, its pauses and its control group.
 *
 * <p>Example: twice a second the sessions of the database are counted by what they do. If 14 of 15
 * wait for a lock on average, that is where the time of the calls goes (Little's law).
 *
 * <p>It measures and does not judge: {@code verdict} decides what a pause means, {@code finding}
 * what a lock means. It must not be the load: every question has a time limit, and what answers
 * slowly is asked less often.
 */
package com.soundcore.kcp.monitoring;
