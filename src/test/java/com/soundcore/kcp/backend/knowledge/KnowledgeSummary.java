package com.soundcore.kcp.backend.knowledge;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Summary of all knowledge items, computed in one pass. */
public record KnowledgeSummary(
    int items,
    long views,
    long likes,
    double averageQuality,
    Map<String, Integer> byStatus,
    Map<String, Integer> byType,
    Map<String, Integer> byLanguage,
    List<Viewed> mostViewed) {

  /** An item's title and its number of views. */
  public record Viewed(String title, long views) {}

  private static final int TOP = 10;
  private static final Comparator<Viewed> BY_VIEWS = Comparator.comparingLong(Viewed::views);

  static KnowledgeSummary of(Iterable<KnowledgeItem> all) {
    Counts statuses = new Counts();
    Counts types = new Counts();
    Counts languages = new Counts();
    PriorityQueue<Viewed> top = new PriorityQueue<>(TOP + 1, BY_VIEWS);
    int items = 0;
    long views = 0;
    long likes = 0;
    double quality = 0;
    for (KnowledgeItem item : all) {
      KnowledgeItem.Draft draft = item.draft();
      long seen = item.views();
      items++;
      views += seen;
      likes += item.likes();
      quality += item.qualityScore();
      statuses.add(draft.status());
      types.add(draft.type());
      languages.add(draft.language());
      if (top.size() < TOP || seen > top.peek().views()) {
        top.add(new Viewed(draft.title(), seen));
        if (top.size() > TOP) {
          top.remove();
        }
      }
    }
    double average = items == 0 ? 0 : Math.round(100 * quality / items) / 100.0;
    List<Viewed> most = top.stream().sorted(BY_VIEWS.reversed()).toList();
    return new KnowledgeSummary(
        items, views, likes, average, statuses.sorted(), types.sorted(), languages.sorted(), most);
  }

  /** Counts of each of a few texts. */
  private static final class Counts {
    private final Map<String, int[]> byText = new HashMap<>();

    void add(String text) {
      byText.computeIfAbsent(text, key -> new int[1])[0]++;
    }

    Map<String, Integer> sorted() {
      Map<String, Integer> counts = new TreeMap<>();
      byText.forEach((text, count) -> counts.put(text, count[0]));
      return counts;
    }
  }
}
