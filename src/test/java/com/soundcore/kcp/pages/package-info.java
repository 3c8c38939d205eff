/**
 * Pages that are one file each: templates, styles and scripts of {@code src/test/resources/pages}
 * and the chart library, put together.
 *
 * <p>Values in, a page out. It must not know what the values mean.
 */
package com.soundcore.kcp.pages;
