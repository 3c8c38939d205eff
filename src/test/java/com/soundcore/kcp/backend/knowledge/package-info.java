/**
 * The knowledge service: items with full-text search (Lucene, in memory), their statistics, and the
 * products that they belong to.
 */
package com.soundcore.kcp.backend.knowledge;
