package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem.Draft;
import java.time.Instant;
import java.util.List;

/** The knowledge items, in memory or in a database. */
public interface KnowledgeStore {
  /** Some of the items, and the number of all. */
  record Page(List<KnowledgeItem> items, int total) {}

  /** A search result and its score. */
  record Match(KnowledgeItem item, double score) {}

  /** The search results, and the number of all. */
  record Found(long total, List<Match> matches) {}

  KnowledgeItem create(Draft draft, Instant now);

  /** Returns the item after the change. */
  KnowledgeItem update(KnowledgeItem item, Draft draft);

  /**
   * Returns an item by its id.
   *
   * @throws NotFound if there is no such item
   */
  KnowledgeItem get(int id);

  void viewed(KnowledgeItem item);

  void liked(KnowledgeItem item);

  /** Returns the newest items that match a filter, without the first {@code skip}. */
  Page page(Filter filter, long skip, int count);

  Found search(String query, int top);

  /** Returns the summary of all items. */
  KnowledgeSummary summary();

  long viewsToday();
}
