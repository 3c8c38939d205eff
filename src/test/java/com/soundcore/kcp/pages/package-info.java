/**
 * Renders self-contained pages from the templates, styles and scripts of {@code
 * src/test/resources/pages} and the chart library.
 *
 * <p>Values in, a page out. This package must not know what the values mean.
 */
package com.soundcore.kcp.pages;
