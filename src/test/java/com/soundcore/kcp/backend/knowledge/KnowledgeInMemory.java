package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.http.Recent;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem.Draft;
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
 * The knowledge items in memory, with increasing ids. The first items stay, so that their known ids
 * remain valid. Later items live in a ring, in which a new item replaces the oldest. A load test
 * that writes for hours must not fill the memory.
 */
public final class KnowledgeInMemory implements KnowledgeStore {
  private static final Duration SUMMARY_AGE = Duration.ofMillis(500);

  private final AtomicReferenceArray<KnowledgeItem> first;
  private final AtomicReferenceArray<KnowledgeItem> ring;
  private final AtomicInteger lastId = new AtomicInteger();
  private final LongAdder viewsToday = new LongAdder();
  private final Recent<KnowledgeSummary> summary =
      new Recent<>(SUMMARY_AGE, () -> KnowledgeSummary.of(newest(0, size())));
  private final SearchIndex index;

  /**
   * @param kept number of first items that stay
   * @param maxItems largest number of items; more than are kept
   */
  public KnowledgeInMemory(int kept, int maxItems, SearchIndex index) {
    this.first = new AtomicReferenceArray<>(kept);
    this.ring = new AtomicReferenceArray<>(maxItems - kept);
    this.index = index;
  }

  @Override
  public KnowledgeItem create(Draft draft, Instant now) {
    return createWithHistory(draft, now, 0, 0);
  }

  /** Creates an item with a past: an age, views and likes. */
  public KnowledgeItem createWithHistory(Draft draft, Instant createdAt, long views, long likes) {
    int id = lastId.incrementAndGet();
    double quality = new Random(id).nextInt(1001) / 10.0;
    KnowledgeItem item = new KnowledgeItem(id, draft, quality, createdAt, views, likes);
    KnowledgeItem oldest =
        id <= first.length()
            ? first.getAndSet(id - 1, item)
            : ring.getAndSet(id % ring.length(), item);
    if (oldest != null) {
      index.remove(oldest);
    }
    index.add(item);
    return item;
  }

  @Override
  public KnowledgeItem update(KnowledgeItem item, Draft draft) {
    item.write(draft, Instant.now());
    index.update(item);
    return item;
  }

  @Override
  public KnowledgeItem get(int id) {
    return find(id).orElseThrow(() -> new NotFound("Knowledge item", id));
  }

  Optional<KnowledgeItem> find(int id) {
    if (id < 1) {
      return Optional.empty();
    }
    KnowledgeItem item = id <= first.length() ? first.get(id - 1) : ring.get(id % ring.length());
    return item != null && item.id() == id ? Optional.of(item) : Optional.empty();
  }

  @Override
  public void viewed(KnowledgeItem item) {
    item.viewed();
    viewsToday.increment();
  }

  @Override
  public void liked(KnowledgeItem item) {
    item.liked();
  }

  @Override
  public Page page(Filter filter, long skip, int count) {
    if (filter.isEmpty()) {
      return new Page(newest(skip, count), size());
    }
    List<KnowledgeItem> matching = newest(0, size()).stream().filter(filter::matches).toList();
    return new Page(matching.stream().skip(skip).limit(count).toList(), matching.size());
  }

  @Override
  public Found search(String query, int top) {
    SearchIndex.Found found = index.search(query, top);
    List<Match> matches = new ArrayList<>(found.hits().size());
    for (SearchIndex.Hit hit : found.hits()) {
      find(hit.id()).ifPresent(item -> matches.add(new Match(item, hit.score())));
    }
    return new Found(found.total(), matches);
  }

  /** Returns the newest items after the first {@code skip}; fewer if there are no more. */
  List<KnowledgeItem> newest(long skip, int count) {
    List<KnowledgeItem> items = new ArrayList<>();
    for (long place = skip; place < Math.min(size(), skip + count); place++) {
      find(idAt(place)).ifPresent(items::add);
    }
    return items;
  }

  /** Returns the id at a place: 0 for the newest item, 1 for the one before it, and so on. */
  private int idAt(long place) {
    int newest = lastId.get();
    int created = Math.min(ring.length(), Math.max(0, newest - first.length()));
    return (int)
        (place < created ? newest - place : Math.min(newest, first.length()) - (place - created));
  }

  int size() {
    return Math.min(lastId.get(), first.length() + ring.length());
  }

  @Override
  public long viewsToday() {
    return viewsToday.sum();
  }

  /** Returns the summary of all items, at most half a second old. */
  @Override
  public KnowledgeSummary summary() {
    return summary.get();
  }
}
