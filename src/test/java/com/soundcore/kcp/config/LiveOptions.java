package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * What is seen while a test runs.
 *
 * @param enabled whether there is a page
 * @param host the address that it listens on
 * @param port 0 for any free one
 * @param consoleEvery between two lines on the console; zero for none
 * @param otlpUrl of a collector that the figures are pushed to; empty for none
 * @param otlpEvery between two pushes
 */
public record LiveOptions(
    boolean enabled,
    String host,
    int port,
    Duration consoleEvery,
    String otlpUrl,
    Duration otlpEvery) {}
