/**
 * The processes of the embedded backend: how their command lines are built, how they start next to
 * Gatling, how faults are planted, and how they end, whichever process ends first. A service with a
 * planted fault has its own JVM. A pipe to its standard input ends each process together with this
 * one. Child processes get only the environment variables that a JVM needs.
 *
 * <p>The answers come from {@code backend}; this package only starts and stops it.
 */
package com.soundcore.kcp.embedded;
