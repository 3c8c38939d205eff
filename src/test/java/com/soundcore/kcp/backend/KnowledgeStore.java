package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.KnowledgeItem.Draft;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The knowledge items, newest first. Above a number of them the oldest go. */
final class KnowledgeStore {
  private final ConcurrentSkipListMap<Integer, KnowledgeItem> byId =
      new ConcurrentSkipListMap<>((a, b) -> Integer.compare(b, a));
  private final AtomicInteger lastId = new AtomicInteger();
  private final AtomicInteger size = new AtomicInteger();
  private final LongAdder viewsToday = new LongAdder();
  private final int maxItems;
  private final SearchIndex index;

  KnowledgeStore(int maxItems, SearchIndex index) {
    this.maxItems = maxItems;
    this.index = index;
  }

  KnowledgeItem create(Draft draft, Instant now) {
    return createWithHistory(draft, now, 0, 0);
  }

  KnowledgeItem createWithHistory(Draft draft, Instant createdAt, long views, long likes) {
    int id = lastId.incrementAndGet();
    double quality = new Random(id).nextInt(1001) / 10.0;
    return add(new KnowledgeItem(id, draft, quality, createdAt, views, likes));
  }

  void update(KnowledgeItem item, Draft draft) {
    item.write(draft, Instant.now());
    index.put(item);
  }

  KnowledgeItem get(int id) {
    return find(id).orElseThrow(() -> new NotFound("Knowledge item", id));
  }

  Optional<KnowledgeItem> find(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  void viewed(KnowledgeItem item) {
    item.viewed();
    viewsToday.increment();
  }

  Collection<KnowledgeItem> newestFirst() {
    return byId.values();
  }

  int size() {
    return size.get();
  }

  long viewsToday() {
    return viewsToday.sum();
  }

  SearchIndex index() {
    return index;
  }

  private KnowledgeItem add(KnowledgeItem item) {
    byId.put(item.id(), item);
    index.put(item);
    if (size.incrementAndGet() > maxItems) {
      KnowledgeItem oldest = byId.pollLastEntry().getValue();
      index.remove(oldest);
      size.decrementAndGet();
    }
    return item;
  }
}
