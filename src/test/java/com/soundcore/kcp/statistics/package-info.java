/**
 * Methods from the literature, on plain numbers: exact bounds of a proportion (Clopper and
 * Pearson), how calls cluster in time, a trend by Mann and Kendall with Hamed and Rao's correction
 * for autocorrelation, its slope by Theil and Sen.
 *
 * <p>It uses nothing of the suite; each class names its source.
 */
package com.soundcore.kcp.statistics;
