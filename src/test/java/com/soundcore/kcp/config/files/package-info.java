/**
 * The texts of {@code conf/}: which files there are, and whether one says a thing twice. What they
 * mean is read in {@code config.read}.
 */
package com.soundcore.kcp.config.files;
