package com.soundcore.kcp.config;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where the load goes.
 *
 * @param name the file's, such as "staging"
 * @param about a sentence
 * @param production whether loading it needs a confirmation by name
 * @param startsBackend whether the suite starts the embedded backend for it
 * @param hosts the only hosts that may be called
 * @param urls by service
 */
public record Environment(
    String name,
    String about,
    boolean production,
    boolean startsBackend,
    List<String> hosts,
    Map<String, URI> urls) {}
