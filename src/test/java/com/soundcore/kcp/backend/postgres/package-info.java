/**
 * The embedded backend's rows in a real PostgreSQL: the same answers, from real statements.
 *
 * <p>{@code DatabaseProgram} starts the database in a process of its own, with the schema and the
 * rows; each service then has a pool of real connections ({@code ServiceDatabase}) and one class of
 * statements per store. A search is {@code ILIKE '%words%'}: it reads the whole table, and that is
 * what breaks first. Here faults are real, too: a lock is a lock, a missing index is missing.
 */
package com.soundcore.kcp.backend.postgres;
