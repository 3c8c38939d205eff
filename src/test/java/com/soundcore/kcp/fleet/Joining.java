package com.soundcore.kcp.fleet;

import com.soundcore.kcp.run.RunMetadata;

/**
 * An injector's request to join.
 *
 * @param injector the injector's index, from 0
 * @param process the ID of the only process that may act as this injector
 * @param host the name of the injector's machine
 * @param build the digest of the injector's build
 * @param planned the injector's part of the run
 */
public record Joining(
    int injector, String process, String host, String build, RunMetadata planned) {}
