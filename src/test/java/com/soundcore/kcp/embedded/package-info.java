/**
 * The embedded backend's process: how its command line is built, how it starts beside Gatling, how
 * faults are planted, and how it ends, whatever ends first.
 *
 * <p>What it answers is written in {@code backend}; this package only starts and stops it.
 */
package com.soundcore.kcp.embedded;
