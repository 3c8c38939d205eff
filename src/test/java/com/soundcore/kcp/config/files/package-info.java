/**
 * The texts of the files in {@code conf/}. This package lists the environments, finds keys that a
 * file repeats, and computes digests by which injectors compare their files. {@code config.read}
 * interprets the content.
 */
package com.soundcore.kcp.config.files;
