/**
 * The configuration as immutable records, one for each part of {@code conf/}. Java has no defaults:
 * a value that is missing in {@code conf/} is an error. {@code config.read} creates and validates
 * the records. This package does not know how they are used.
 *
 * <p>Example: {@code config.gates().settle()} is {@code kcp.gates.settle} in {@code gates.conf}, a
 * duration that was validated when it was read.
 */
package com.soundcore.kcp.config;
