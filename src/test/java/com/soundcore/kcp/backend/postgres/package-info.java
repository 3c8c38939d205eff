/**
 * The embedded backend's rows in a real PostgreSQL: the same answers, from real statements.
 *
 * <p>{@code DatabaseProgram} starts the database in a separate process, with the schema and the
 * rows. Each service then has a pool of real connections ({@code ServiceDatabase}), and one class
 * of statements per store. A search is {@code ILIKE '%words%'}. It reads the whole table and is
 * therefore the first to break under load. Faults are also real here: a lock is a lock, and a
 * missing index is missing.
 */
package com.soundcore.kcp.backend.postgres;
