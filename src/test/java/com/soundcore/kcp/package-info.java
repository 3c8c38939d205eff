/**
 * The suite: {@link com.soundcore.kcp.KcpSimulation} wires the other rooms together.
 *
 * <p>A test's name in, a finished Gatling run out. It holds no rule of its own.
 */
package com.soundcore.kcp;
