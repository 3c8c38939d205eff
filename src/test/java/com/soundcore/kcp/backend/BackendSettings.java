package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.fault.PlantedFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backend is started with.
 *
 * @param ports by service; 0 for any free one
 * @param seed of the generated rows
 * @param items knowledge items at the start
 * @param products products at the start
 * @param conversations support conversations at the start
 * @param tickets support tickets at the start
 * @param maxItems above this many knowledge items the oldest go
 * @param poolSize database connections per service, overflow included
 * @param poolTimeout longest wait for a connection
 * @param plannedDialect whether knowledge serves the planned paths in place of the current ones
 * @param database JDBC URL of PostgreSQL; without it the rows are kept in memory
 * @param hidePool whether there are no figures of the pools, as at the real services
 * @param faults planted into the answers, timed from the start of the load
 */
public record BackendSettings(
    Map<String, Integer> ports,
    long seed,
    int items,
    int products,
    int conversations,
    int tickets,
    int maxItems,
    int poolSize,
    Duration poolTimeout,
    boolean plannedDialect,
    Optional<String> database,
    boolean hidePool,
    List<PlantedFault> faults) {}
