package com.soundcore.kcp.injection;

import ch.qos.logback.core.PropertyDefinerBase;

/**
 * On how many threads Gatling runs virtual users: one for each core that this process may use, as
 * its control group has it; from four cores on, one core is left for everything else.
 *
 * <p>Gatling starts these threads before it loads a simulation. The first thing of the suite that
 * is loaded is its logging, so {@code logback-test.xml} names this class. Netty's own property,
 * {@code -Dio.netty.eventLoopThreads}, fixes another number.
 */
public final class EventLoops extends PropertyDefinerBase {
  private static final String PROPERTY = "io.netty.eventLoopThreads";
  private static final int MANY = 4;

  /** Netty's own number where nobody says one. */
  private static final int NETTYS = 2;

  @Override
  public String getPropertyValue() {
    if (System.getProperty(PROPERTY) == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      System.setProperty(PROPERTY, String.valueOf(forCores(cores)));
    }
    return System.getProperty(PROPERTY);
  }

  /** Returns the number of event loops for this number of cores. */
  public static int forCores(int cores) {
    return cores < MANY ? cores : cores - 1;
  }

  /** The number that this process has. */
  public static int count() {
    return Integer.getInteger(PROPERTY, NETTYS * Runtime.getRuntime().availableProcessors());
  }
}
