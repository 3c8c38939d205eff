/**
 * The configuration as immutable records, one for each part of {@code conf/}. Defaults live in
 * {@code conf/}: a value that is missing there is an error.
 *
 * <p>Example: {@code config.gates().settle()} is {@code kcp.gates.settle} of {@code gates.conf}, a
 * duration that was checked when it was read.
 *
 * <p>Reading them is the job of {@code config.read}; this package does not know how they are used.
 */
package com.soundcore.kcp.config;
