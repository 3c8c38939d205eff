/**
 * The configuration: HOCON files and {@code -D} properties in, immutable records out.
 *
 * <p>Everything is read once, at the start; all problems are found together, and each names the
 * key, its value, the rule and what is allowed. The only package that knows Typesafe Config. It
 * holds no default: those live in {@code conf/}. It must not know Gatling, nor what the values are
 * used for.
 */
package com.soundcore.kcp.config;
