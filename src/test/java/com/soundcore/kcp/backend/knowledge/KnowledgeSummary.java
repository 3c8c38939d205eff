package com.soundcore.kcp.backend.knowledge;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** What there is to say of all knowledge items together; worked out in one pass over them. */
public record KnowledgeSummary(
    int items,
    long views,
    long likes,
    double averageQuality,
    Map<String, Integer> byStatus,
    Map<String, Integer> byType,
    Map<String, Integer> byLanguage,
    List<Viewed> mostViewed) {

  /** An item's title and how often it was read. */
  public record Viewed(String title, long views) {}

  private static final int TOP = 10;
  private static final Comparator<Viewed> BY_VIEWS = Comparator.comparingLong(Viewed::views);

  static KnowledgeSummary of(Iterable<KnowledgeItem> all) {
    Map<String, Integer> statuses = new TreeMap<>();
    Map<String, Integer> types = new TreeMap<>();
    Map<String, Integer> languages = new TreeMap<>();
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
      statuses.merge(draft.status(), 1, Integer::sum);
      types.merge(draft.type(), 1, Integer::sum);
      languages.merge(draft.language(), 1, Integer::sum);
      if (top.size() < TOP || seen > top.peek().views()) {
        top.add(new Viewed(draft.title(), seen));
        if (top.size() > TOP) {
          top.remove();
        }
      }
    }
    double average = items == 0 ? 0 : Math.round(100 * quality / items) / 100.0;
    List<Viewed> most = top.stream().sorted(BY_VIEWS.reversed()).toList();
    return new KnowledgeSummary(items, views, likes, average, statuses, types, languages, most);
  }
}
