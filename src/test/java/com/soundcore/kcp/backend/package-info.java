/**
 * The embedded KCP backend: five HTTP services, so that the suite works on a fresh machine. They
 * share one process; a service with a planted fault has its own. They listen on loopback only. To
 * the load they are a deployment like any other, and every report says {@code EMBEDDED}.
 *
 * <p>Rows are generated from a seed. A search sees a write at once; analytics see it after half a
 * second. The number of stored rows is bounded. The package must not know the suite.
 */
package com.soundcore.kcp.backend;
