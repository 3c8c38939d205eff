/**
 * The readers that turn {@code conf/*.conf} and {@code -D} properties into the records of {@code
 * config}. This is the only package that uses Typesafe Config.
 *
 * <p>All problems are reported together. Each names the key, its value and the rule: {@code
 * kcp.load-scale (-D) was '0'; must be a number above 0}. {@link Caveats} lists the overrides that
 * every report shows with the verdict. A property without an effect on the chosen test is an error.
 */
package com.soundcore.kcp.config.read;
