/**
 * The reports of a run: one writer per format, all of the same {@link
 * com.soundcore.kcp.report.Summary}.
 *
 * <p>Facts, model and verdict in, files out. No arithmetic of its own, and nothing that a page
 * would fetch from elsewhere.
 */
package com.soundcore.kcp.report;
