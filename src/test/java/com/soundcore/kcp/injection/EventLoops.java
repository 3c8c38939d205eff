package com.soundcore.kcp.injection;

import ch.qos.logback.core.PropertyDefinerBase;

/**
 * The number of threads that Gatling runs virtual users on. It is one per core that this process's
 * control group allows; with four or more cores, one core is left for everything else.
 *
 * <p>Gatling starts these threads before it loads a simulation. Logging is the suite's first code
 * that runs, so {@code logback-test.xml} names this class. Netty's own property {@code
 * -Dio.netty.eventLoopThreads} overrides the number.
 */
public final class EventLoops extends PropertyDefinerBase {
  private static final String PROPERTY = "io.netty.eventLoopThreads";
  private static final int MANY = 4;

  /** Netty's default number of event loops per core. */
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

  /** Returns the number of event loops in this process. */
  public static int count() {
    return Integer.getInteger(PROPERTY, NETTYS * Runtime.getRuntime().availableProcessors());
  }
}
