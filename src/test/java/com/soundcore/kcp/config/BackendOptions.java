package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.List;

/**
 * The embedded backend.
 *
 * @param items knowledge items at the start
 * @param products products at the start
 * @param conversations support conversations at the start
 * @param tickets support tickets at the start
 * @param maxItems above this many knowledge items the oldest go
 * @param poolSize database connections per service
 * @param poolOverflow database connections on top
 * @param poolTimeout longest wait for a connection
 * @param poolFigures whether services export figures of their pools
 * @param store where the rows are
 * @param postgres the database, where the rows are in one
 * @param dialect the paths it serves
 * @param jvmArgs options of its JVM
 * @param faultyJvmArgs options of the JVM of a service with a fault
 * @param readyWithin it must answer by then
 * @param faults planted into it
 */
public record BackendOptions(
    int items,
    int products,
    int conversations,
    int tickets,
    int maxItems,
    int poolSize,
    int poolOverflow,
    Duration poolTimeout,
    boolean poolFigures,
    Store store,
    Postgres postgres,
    Dialect dialect,
    List<String> jvmArgs,
    List<String> faultyJvmArgs,
    Duration readyWithin,
    List<Fault> faults) {
  /** Where the rows are. */
  public enum Store {
    MEMORY,
    POSTGRES
  }

  /**
   * The embedded database.
   *
   * @param port on 127.0.0.1
   * @param maxConnections its limit
   * @param cores the processors that it may use; 0 for all
   */
  public record Postgres(int port, int maxConnections, int cores) {}

  /** Which paths the backend serves. */
  public enum Dialect {
    CURRENT,
    PLANNED
  }
}
