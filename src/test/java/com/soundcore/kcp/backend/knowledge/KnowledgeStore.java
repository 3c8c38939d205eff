package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem.Draft;
import java.time.Instant;
import java.util.List;

/** The knowledge items, in memory or in a database. */
public interface KnowledgeStore {
  /** Some of the items, and how many there are in all. */
  record Page(List<KnowledgeItem> items, int total) {}

  /** An item that was searched for, and how well it fits. */
  record Match(KnowledgeItem item, double score) {}

  /** What a search found, and how much there is in all. */
  record Found(long total, List<Match> matches) {}

  KnowledgeItem create(Draft draft, Instant now);

  /** The item as it is after the change. */
  KnowledgeItem update(KnowledgeItem item, Draft draft);

  /**
   * An item by its id.
   *
   * @throws NotFound if there is no such item
   */
  KnowledgeItem get(int id);

  void viewed(KnowledgeItem item);

  void liked(KnowledgeItem item);

  /** The newest items that pass a filter, without the first few. */
  Page page(Filter filter, long skip, int count);

  Found search(String query, int top);

  /** All items together. */
  KnowledgeSummary summary();

  long viewsToday();
}
