package com.soundcore.kcp.finding.shared;

import com.soundcore.kcp.config.FindingOptions;
import java.util.Map;

/**
 * What services stand on, as far as it was seen.
 *
 * @param cache next to the database
 * @param machines under the services, by name
 * @param limits of the machines
 */
public record Surroundings(
    DatabaseActivity database,
    ResourceFigures cache,
    Map<String, ResourceFigures> machines,
    FindingOptions.Machine limits) {}
