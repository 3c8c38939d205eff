/**
 * The embedded KCP backend: five HTTP services in a process of their own (a service with a planted
 * fault in one more), on loopback only, so that the suite works on a fresh machine. To the load it
 * is a deployment like any other, and every report says {@code EMBEDDED}.
 *
 * <p>Rows are generated from a seed; a search sees a write after 100 ms at most, the figures of
 * analytics after half a second; what is kept is bounded. It must not know the suite.
 */
package com.soundcore.kcp.backend;
