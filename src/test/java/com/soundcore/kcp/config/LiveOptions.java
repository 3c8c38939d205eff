package com.soundcore.kcp.config;

import java.time.Duration;

/**
 * The output while a test runs.
 *
 * @param enabled whether the live page is served
 * @param host the address that the page listens on
 * @param port the page's port; 0 for any free port
 * @param consoleEvery the interval of console lines; zero for none
 * @param otlpUrl the OTLP collector that receives the metrics; empty for none
 * @param otlpEvery the interval of pushes
 */
public record LiveOptions(
    boolean enabled,
    String host,
    int port,
    Duration consoleEvery,
    String otlpUrl,
    Duration otlpEvery) {}
