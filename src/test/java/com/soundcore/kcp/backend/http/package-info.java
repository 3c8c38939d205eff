/**
 * The parts of an answer: a call, its fields, pages of rows, JSON written without copies, and the
 * bounded pool of database connections. A call holds a connection while it is answered. Invalid
 * input becomes a 422 answer, and a missing row a 404. Rows keep their JSON, so that repeated
 * answers cost little. The package knows no service.
 */
package com.soundcore.kcp.backend.http;
