package com.soundcore.kcp.config;

import java.net.URI;

/**
 * A URL that a file in {@code conf/environments} marks as production. It is production in every
 * environment.
 *
 * @param environment the environment whose file marks it
 * @param url the URL of one of its services
 */
public record ProductionPlace(String environment, URI url) {}
