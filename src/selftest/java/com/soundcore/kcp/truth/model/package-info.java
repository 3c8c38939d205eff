/**
 * A system under test as data: services with workers, service times, memory and troubles, a shared
 * database, a generator; and the truth about a run, known by construction.
 */
package com.soundcore.kcp.truth.model;
