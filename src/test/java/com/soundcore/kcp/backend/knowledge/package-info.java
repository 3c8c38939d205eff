/**
 * The knowledge service: items with full-text search, their statistics, and their products. The
 * stores keep the rows in memory or in a database. In memory, the first items stay and later ones
 * live in a ring, so that hours of writes do not fill the memory. The search index is updated with
 * each write, and BM25 ranks the results.
 */
package com.soundcore.kcp.backend.knowledge;
