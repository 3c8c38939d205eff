package com.soundcore.kcp.run;

/** The names of what calls are counted and judged by: all of them, a service, an operation. */
public final class Subject {
  /** All services together. */
  public static final String ALL = LatencyLimits.ALL;

  private static final String OF = " / ";

  private Subject() {}

  /** "knowledge / search". */
  public static String operation(String service, String name) {
    return service + OF + name;
  }

  /** Whether a subject is one operation of a service. */
  public static boolean isOperation(String subject) {
    return subject.contains(OF);
  }

  /** The service of an operation; any other subject as it is. */
  public static String serviceOf(String subject) {
    int middle = subject.indexOf(OF);
    return middle < 0 ? subject : subject.substring(0, middle);
  }

  /** The name of an operation without its service's. */
  public static String nameOf(String operation) {
    return operation.substring(operation.indexOf(OF) + OF.length());
  }
}
