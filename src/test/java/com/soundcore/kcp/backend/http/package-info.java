/**
 * What an answer is made of: a call, its fields, pages of rows, JSON written without copies, and
 * the bounded pool of database connections that a call holds while it is answered.
 */
package com.soundcore.kcp.backend.http;
