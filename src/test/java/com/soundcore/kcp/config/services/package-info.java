/**
 * The services under test as data ({@code services.conf}, {@code workload.conf}, {@code
 * gates.conf}). A service has operations with path, body and checks, a feeder that fills their
 * variables, and limits. Journeys combine operations, and a workload is a weighted mix of journeys.
 *
 * <p>Example: {@code knowledge / search} posts a term from {@code feeders/search-terms.txt}. Its
 * response must contain results, and 95 % of the responses of knowledge must take less than 300 ms.
 */
package com.soundcore.kcp.config.services;
