package com.soundcore.kcp.config;

import java.util.Locale;

/**
 * The kinds of findings. {@code conf/findings.conf} has their titles, alternatives and remedies.
 */
public enum FindingKind {
  METRICS_PAGE,
  DATABASE_GONE,
  DATABASE_CONNECTIONS,
  CONNECTION_CHURN,
  LOCK_CONTENTION,
  OPEN_TRANSACTION,
  DATABASE_CPU,
  DATABASE_DISK,
  COLD_CACHE,
  SLOW_STATEMENT,
  CONNECTION_POOL,
  MEMORY_LEAK,
  GARBAGE_COLLECTION,
  OUT_OF_MEMORY,
  RESTART,
  LATE_AUTOSCALING,
  CONTAINER_THROTTLED,
  CPU_SATURATION,
  SINGLE_THREAD,
  NETWORK_BANDWIDTH,
  RATE_LIMITED,
  UNAUTHORIZED,
  REJECTED_INPUT,
  SERVER_ERRORS,
  WRONG_CONTENT,
  CONNECTIONS_CLOSED,
  NO_ANSWER,
  OUTAGE,
  SLOW_OPERATION,
  RECURRING_SLOWDOWN,
  SLOW_UNDER_LOAD,
  SLOW_RECOVERY,
  OUTSIDE_THE_APPLICATION,
  SUDDEN_SLOWDOWN,
  DRIFT,
  MEMORY_PRESSURE,
  HOST_DISK,
  HOST_CPU,
  UNKNOWN;

  /** Returns whether the only evidence is the latency of calls and the resources busy meanwhile. */
  public boolean restsOnTimes() {
    return switch (this) {
      case CPU_SATURATION,
          SINGLE_THREAD,
          HOST_CPU,
          NETWORK_BANDWIDTH,
          LATE_AUTOSCALING,
          SLOW_OPERATION,
          RECURRING_SLOWDOWN,
          SLOW_UNDER_LOAD,
          SLOW_RECOVERY,
          OUTSIDE_THE_APPLICATION,
          SUDDEN_SLOWDOWN,
          UNKNOWN ->
          true;
      default -> false;
    };
  }

  /** Returns the name in configuration and reports, such as "connection-pool". */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
