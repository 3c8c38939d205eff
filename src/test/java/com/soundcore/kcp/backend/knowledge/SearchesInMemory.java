package com.soundcore.kcp.backend.knowledge;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The searches and their numbers, in memory. */
public final class SearchesInMemory implements SearchLog {
  // Further queries are counted only in the totals, so that the log stays bounded.
  private static final int MAX_QUERIES = 10_000;

  private final Map<String, LongAdder> byQuery = new ConcurrentHashMap<>();
  private final LongAdder searches = new LongAdder();
  private final LongAdder results = new LongAdder();

  @Override
  public void searched(String query, int found) {
    searches.increment();
    results.add(found);
    LongAdder count = byQuery.get(query);
    if (count == null && byQuery.size() < MAX_QUERIES) {
      count = byQuery.computeIfAbsent(query, key -> new LongAdder());
    }
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public long searches() {
    return searches.sum();
  }

  @Override
  public double averageResults() {
    long n = searches.sum();
    return n == 0 ? 0 : Math.round(100.0 * results.sum() / n) / 100.0;
  }

  @Override
  public List<Query> top(int count) {
    return byQuery.entrySet().stream()
        .map(entry -> new Query(entry.getKey(), entry.getValue().sum()))
        .sorted(Comparator.comparingLong(Query::count).reversed().thenComparing(Query::query))
        .limit(count)
        .toList();
  }
}
