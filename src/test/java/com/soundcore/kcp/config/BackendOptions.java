package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.List;

/**
 * Options of the embedded backend.
 *
 * @param items initial number of knowledge items
 * @param products initial number of products
 * @param conversations initial number of support conversations
 * @param tickets initial number of support tickets
 * @param maxItems maximum number of knowledge items; above it the oldest are removed
 * @param poolSize database connections that each service keeps open
 * @param poolOverflow database connections that each service may open in addition
 * @param poolTimeout maximum wait for a connection
 * @param poolFigures whether services export metrics of their pools
 * @param store the storage of the rows
 * @param postgres the database of {@link Store#POSTGRES}
 * @param dialect the paths that it serves
 * @param jvmArgs JVM options
 * @param faultyJvmArgs JVM options of a service with a fault
 * @param readyWithin the deadline for its first response
 * @param faults the planted faults
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
  /** The storage of the rows. */
  public enum Store {
    MEMORY,
    POSTGRES
  }

  /**
   * Options of the embedded database.
   *
   * @param port its port on 127.0.0.1
   * @param maxConnections its connection limit
   * @param cores number of processors that it may use; 0 for all
   */
  public record Postgres(int port, int maxConnections, int cores) {}

  /** The paths that the backend serves. */
  public enum Dialect {
    CURRENT,
    PLANNED
  }
}
