package com.soundcore.kcp.finding.shared;

import com.soundcore.kcp.config.FindingOptions;
import java.util.Map;

/**
 * The shared resources of the services, as far as they were monitored.
 *
 * @param database the database, possibly without any sample
 * @param cache a cache next to the database
 * @param machines under the services, by name
 * @param limits thresholds for the machines
 */
public record Surroundings(
    DatabaseActivity database,
    ResourceFigures cache,
    Map<String, ResourceFigures> machines,
    FindingOptions.Machine limits) {}
