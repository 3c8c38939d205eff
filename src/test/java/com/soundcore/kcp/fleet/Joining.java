package com.soundcore.kcp.fleet;

import com.soundcore.kcp.run.RunMetadata;

/**
 * How an injector introduces itself.
 *
 * @param injector from 0
 * @param process the one process that may speak for it
 * @param host where it runs
 * @param build a digest of the suite that it runs
 * @param planned its part of the run
 */
public record Joining(
    int injector, String process, String host, String build, RunMetadata planned) {}
