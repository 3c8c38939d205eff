/**
 * One service as a queue, second by second, and the suite's own search against it. Far cheaper than
 * a whole simulated run, so the answer of a search can be compared with the limit thousands of
 * times.
 *
 * <p>Example: a service whose calls share a pool that churns is slow for two seconds some times a
 * minute. Its limit is the rate at which 5 % of all calls are slow over hours.
 */
package com.soundcore.kcp.truth.search;
