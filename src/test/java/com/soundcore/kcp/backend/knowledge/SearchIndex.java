package com.soundcore.kcp.backend.knowledge;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Full-text search over the knowledge items: each word has a list of the items that contain it. A
 * query finds the items that contain all its words; BM25 ranks them.
 *
 * <p>Lucene was used before. It spent a third of the backend's CPU time on a few thousand short
 * texts, since every 100 ms it opened a new segment for the latest writes.
 *
 * <p>Safe for use by several threads.
 */
public final class SearchIndex {
  /** A search result and its score. */
  record Hit(int id, float score) {}

  /** The search results, and the number of all. */
  record Found(long total, List<Hit> hits) {}

  private static final Found NOTHING = new Found(0, List.of());
  private static final int MAX_TERMS = 32;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, WordItems> itemsByWord = new HashMap<>();
  private final Map<Integer, Map<String, Integer>> wordsById = new HashMap<>();

  void add(KnowledgeItem item) {
    lock.writeLock().lock();
    try {
      insert(item);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Updates an item. An item that is no longer in the index is ignored. */
  void update(KnowledgeItem item) {
    lock.writeLock().lock();
    try {
      if (delete(item)) {
        insert(item);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  void remove(KnowledgeItem item) {
    lock.writeLock().lock();
    try {
      delete(item);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Returns the best items, best first. */
  Found search(String query, int top) {
    Map<String, Integer> words = words(query, MAX_TERMS);
    lock.readLock().lock();
    try {
      List<WordItems> lists = words.keySet().stream().map(itemsByWord::get).toList();
      boolean impossible = lists.isEmpty() || lists.contains(null);
      return impossible ? NOTHING : WordItems.inAll(lists, wordsById.size(), top);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void insert(KnowledgeItem item) {
    KnowledgeItem.Draft draft = item.draft();
    String text = draft.title() + " " + draft.summary() + " " + String.join(" ", draft.tags());
    Map<String, Integer> words = words(text, Integer.MAX_VALUE);
    int length = words.values().stream().mapToInt(Integer::intValue).sum();
    words.forEach(
        (word, times) ->
            itemsByWord
                .computeIfAbsent(word, key -> new WordItems())
                .add(item.id(), times, length));
    wordsById.put(item.id(), words);
  }

  private boolean delete(KnowledgeItem item) {
    Map<String, Integer> words = wordsById.remove(item.id());
    if (words == null) {
      return false;
    }
    for (String word : words.keySet()) {
      WordItems items = itemsByWord.get(word);
      items.remove(item.id());
      if (items.isEmpty()) {
        itemsByWord.remove(word);
      }
    }
    return true;
  }

  /**
   * Returns the words of a text in lower case with their counts, for at most {@code max} different
   * words.
   */
  private static Map<String, Integer> words(String text, int max) {
    String lower = text.toLowerCase(Locale.ROOT);
    Map<String, Integer> words = new HashMap<>();
    int start = 0;
    for (int end = 0; end <= lower.length() && words.size() < max; end++) {
      if (end == lower.length() || !Character.isLetterOrDigit(lower.charAt(end))) {
        if (end > start) {
          words.merge(lower.substring(start, end), 1, Integer::sum);
        }
        start = end + 1;
      }
    }
    return Collections.unmodifiableMap(words);
  }
}
