/**
 * Methods from the literature, applied to plain numbers. They answer three questions: how sure a
 * measured share is, whether a series has a trend, and where its level changed. A proportion has
 * exact bounds (Clopper and Pearson), and clustered calls count for less. A trend is tested by Mann
 * and Kendall, with Hamed and Rao's correction for autocorrelation; its slope is that of Theil and
 * Sen. Steps and change points have tests of their own.
 *
 * <p>The package uses nothing else of the suite. Each class names its source.
 */
package com.soundcore.kcp.statistics;
