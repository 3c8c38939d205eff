package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.KnowledgeItem.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The knowledge items. Ids count up and nothing is ever taken out, so the items live in a ring: a
 * new one takes the place of the oldest once the ring is full.
 */
final class KnowledgeStore {
  private static final Duration SUMMARY_AGE = Duration.ofMillis(500);

  private final AtomicReferenceArray<KnowledgeItem> ring;
  private final AtomicInteger lastId = new AtomicInteger();
  private final LongAdder viewsToday = new LongAdder();
  private final Recent<KnowledgeSummary> summary =
      new Recent<>(SUMMARY_AGE, () -> KnowledgeSummary.of(newest(0, size())));
  private final SearchIndex index;

  KnowledgeStore(int maxItems, SearchIndex index) {
    this.ring = new AtomicReferenceArray<>(maxItems);
    this.index = index;
  }

  KnowledgeItem create(Draft draft, Instant now) {
    return createWithHistory(draft, now, 0, 0);
  }

  KnowledgeItem createWithHistory(Draft draft, Instant createdAt, long views, long likes) {
    int id = lastId.incrementAndGet();
    double quality = new Random(id).nextInt(1001) / 10.0;
    KnowledgeItem item = new KnowledgeItem(id, draft, quality, createdAt, views, likes);
    KnowledgeItem oldest = ring.getAndSet(id % ring.length(), item);
    if (oldest != null) {
      index.remove(oldest);
    }
    index.add(item);
    return item;
  }

  void update(KnowledgeItem item, Draft draft) {
    item.write(draft, Instant.now());
    index.update(item);
  }

  KnowledgeItem get(int id) {
    return find(id).orElseThrow(() -> new NotFound("Knowledge item", id));
  }

  Optional<KnowledgeItem> find(int id) {
    KnowledgeItem item = id < 0 ? null : ring.get(id % ring.length());
    return item != null && item.id() == id ? Optional.of(item) : Optional.empty();
  }

  void viewed(KnowledgeItem item) {
    item.viewed();
    viewsToday.increment();
  }

  /** The newest items, without the first few; fewer where there are no more. */
  List<KnowledgeItem> newest(long skip, int count) {
    int newest = lastId.get();
    long last = Math.max(newest - size() + 1L, newest - skip - count + 1);
    List<KnowledgeItem> items = new ArrayList<>((int) Math.max(0, newest - skip - last + 1));
    for (long id = newest - skip; id >= last; id--) {
      find((int) id).ifPresent(items::add);
    }
    return items;
  }

  int size() {
    return Math.min(lastId.get(), ring.length());
  }

  long viewsToday() {
    return viewsToday.sum();
  }

  /** All items together, as they were half a second ago at most. */
  KnowledgeSummary summary() {
    return summary.get();
  }

  SearchIndex index() {
    return index;
  }
}
