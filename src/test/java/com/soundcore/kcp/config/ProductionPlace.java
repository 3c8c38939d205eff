package com.soundcore.kcp.config;

import java.net.URI;

/**
 * A URL that a file of {@code conf/environments} marks as production, whatever environment names
 * it.
 *
 * @param environment whose file says so
 * @param url of one of its services
 */
public record ProductionPlace(String environment, URI url) {}
