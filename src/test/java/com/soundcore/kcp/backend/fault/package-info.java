/**
 * Faults that are planted on purpose: what {@code kcp.backend.faults} asks for, at which service,
 * from when to when. Their effects are real: time is waited, memory is kept, connections are
 * closed.
 *
 * <p>They prove that the suite finds what it claims to find; every report of such a run says {@code
 * FAULTS PLANTED}.
 */
package com.soundcore.kcp.backend.fault;
