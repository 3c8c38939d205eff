/**
 * Several injectors that act as one load generator. They join a conductor over HTTP, and all start
 * at the same moment. Each injector sends a heartbeat with its counts about every second; the
 * response may order it to stop. If one injector fails or falls silent, the conductor stops all of
 * them. At the end each delivers its model to the conductor. This package knows nothing about
 * verdicts.
 */
package com.soundcore.kcp.fleet;
