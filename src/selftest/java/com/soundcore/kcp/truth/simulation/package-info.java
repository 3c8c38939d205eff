/**
 * A load test in virtual time: clients and servers exchange calls, and what a real run would leave
 * is written to a run folder: Gatling's log, the metadata, the figures of the services.
 */
package com.soundcore.kcp.truth.simulation;
