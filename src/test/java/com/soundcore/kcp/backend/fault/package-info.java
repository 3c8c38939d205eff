/**
 * Faults that are planted on purpose. {@code kcp.backend.faults} names the fault, the service, the
 * start and the end. Their effects are real: calls wait, memory is kept, connections are closed.
 * Some faults affect a share of the answers, others the whole process.
 *
 * <p>They prove that the suite finds what it claims to find. Every report of such a run says {@code
 * FAULTS PLANTED}.
 */
package com.soundcore.kcp.backend.fault;
