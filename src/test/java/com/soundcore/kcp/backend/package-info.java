/**
 * The embedded KCP backend: five HTTP services in one JVM of their own, bound to loopback.
 *
 * <p>Settings in, HTTP out. Rows are generated from a seed, writes are visible to later reads
 * (search after 100 ms at most, analytics after half a second), and what is kept is bounded. It
 * must not know anything of the suite: to the load it is a deployment like any other.
 */
package com.soundcore.kcp.backend;
