/**
 * Is the simulator right? Its queues against Erlang's formula and Little's law, its arrivals
 * against Gatling's own, each trouble by what it leaves in the log.
 */
package com.soundcore.kcp.truth.validation;
