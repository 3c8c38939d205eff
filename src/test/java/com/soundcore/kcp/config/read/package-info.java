/**
 * Reads {@code conf/*.conf} and {@code -D} properties into the records of {@code config}. The only
 * package that knows Typesafe Config.
 *
 * <p>All problems are found together, and each names the key, its value, the rule and what is
 * allowed: {@code kcp.load-scale (-D) was '0'; must be a number above 0}. {@link
 * com.soundcore.kcp.config.read.Caveats} lists what differs from the files, and so must stand
 * beside the verdict; a property that has no effect on the chosen test is refused.
 */
package com.soundcore.kcp.config.read;
