package com.soundcore.kcp.run;

/**
 * Names of the subjects by which calls are counted and judged: all calls, a service, an operation.
 */
public final class Subject {
  /** All services together. */
  public static final String ALL = LatencyLimits.ALL;

  private static final String OF = " / ";

  private Subject() {}

  /** Returns a name such as "knowledge / search". */
  public static String operation(String service, String name) {
    return service + OF + name;
  }

  /** Returns whether a subject is one operation of a service. */
  public static boolean isOperation(String subject) {
    return subject.contains(OF);
  }

  /** Returns the service of an operation; any other subject unchanged. */
  public static String serviceOf(String subject) {
    int middle = subject.indexOf(OF);
    return middle < 0 ? subject : subject.substring(0, middle);
  }

  /** Returns the name of an operation without its service. */
  public static String nameOf(String operation) {
    return operation.substring(operation.indexOf(OF) + OF.length());
  }
}
