package com.soundcore.kcp.backend.knowledge;

import java.util.List;

/** The searches and their numbers, in memory or in a database. */
public interface SearchLog {
  /** A query and its number of searches. */
  record Query(String query, long count) {}

  void searched(String query, int found);

  long searches();

  /** Returns the mean number of results over all searches, to two digits; 0 without any search. */
  double averageResults();

  /** Returns the most frequent queries. */
  List<Query> top(int count);
}
