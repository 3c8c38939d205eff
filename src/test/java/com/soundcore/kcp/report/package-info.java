/**
 * The reports of a run, one class per format. A new format implements {@link
 * com.soundcore.kcp.report.ReportFormat} and is added to its list; nothing else changes.
 *
 * <p>All formats show the same {@link com.soundcore.kcp.report.Summary}: no format counts or
 * judges. Pages fetch no external resources.
 */
package com.soundcore.kcp.report;
