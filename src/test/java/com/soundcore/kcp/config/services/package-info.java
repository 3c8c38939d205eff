/**
 * The services under test as data ({@code services.conf}, {@code workload.conf}): operations with
 * path, body and checks; targets; feeders; journeys and how often each is taken.
 *
 * <p>Example: {@code knowledge / search} posts a term of {@code feeders/search-terms.txt}, its
 * answer must have results, and 95 % of the answers of knowledge must take less than 300 ms.
 */
package com.soundcore.kcp.config.services;
