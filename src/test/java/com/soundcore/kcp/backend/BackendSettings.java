package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.fault.PlantedFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a backend.
 *
 * @param ports by service; 0 for any free one
 * @param seed of the generated rows
 * @param items initial knowledge items
 * @param products initial products
 * @param conversations initial support conversations
 * @param tickets initial support tickets
 * @param maxItems largest number of knowledge items in memory; beyond it, a new item replaces the
 *     oldest one added after the start
 * @param poolSize database connections per service, overflow included
 * @param poolTimeout longest wait for a connection
 * @param plannedDialect whether knowledge serves the planned paths instead of the current ones
 * @param database JDBC URL of PostgreSQL; without it the rows are kept in memory
 * @param hidePool whether the metrics omit the pools, as those of the real services do
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
