package com.soundcore.kcp.backend.knowledge;

import java.util.List;

/** What was searched for, and how often; in memory or in a database. */
public interface SearchLog {
  /** A query and how often it was asked. */
  record Query(String query, long count) {}

  void searched(String query, int found);

  long searches();

  /** Of all searches together, to two digits; 0 of none. */
  double averageResults();

  /** What was searched for most. */
  List<Query> top(int count);
}
