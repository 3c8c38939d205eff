/**
 * The knowledge service: items with full-text search, their statistics, and the products that they
 * belong to.
 */
package com.soundcore.kcp.backend.knowledge;
