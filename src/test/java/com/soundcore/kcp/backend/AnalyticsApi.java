package com.soundcore.kcp.backend;

import java.util.Comparator;
import java.util.List;

/** The analytics service: computed from what the other services really saw. */
final class AnalyticsApi {
  private static final int TOP = 10;

  private final KnowledgeStore knowledge;
  private final SearchLog searches;
  private final SupportApi support;
  private final UserStore users;

  private final Recent<byte[]> overview = new Recent<>(() -> Json.bytes(overview()));
  private final Recent<byte[]> people = new Recent<>(() -> Json.bytes(people()));
  private final Recent<byte[]> content = new Recent<>(() -> Json.bytes(content()));
  private final Recent<byte[]> search = new Recent<>(() -> Json.bytes(search()));

  AnalyticsApi(KnowledgeStore knowledge, SearchLog searches, SupportApi support, UserStore users) {
    this.knowledge = knowledge;
    this.searches = searches;
    this.support = support;
    this.users = users;
  }

  void serve(ServiceServer server) {
    String root = "/api/v1/analytics/";
    server.query("GET", root + "overview", call -> Reply.json(200, overview.get()));
    server.query("GET", root + "users", call -> Reply.json(200, people.get()));
    server.query("GET", root + "content", call -> Reply.json(200, content.get()));
    server.query("GET", root + "search", call -> Reply.json(200, search.get()));
  }

  private Overview overview() {
    long views = 0;
    long likes = 0;
    for (KnowledgeItem item : knowledge.newestFirst()) {
      views += item.views();
      likes += item.likes();
    }
    double engagement = views == 0 ? 0 : Math.round(10_000.0 * likes / views) / 10_000.0;
    return new Overview(users.total(), views, support.chats(), engagement, "all_time");
  }

  private People people() {
    int total = users.total();
    int active = users.loggedInAtLeast(1);
    double churn = total == 0 ? 0 : Math.round(1000.0 * (total - active) / total) / 1000.0;
    return new People(active, users.registered(), users.loggedInAtLeast(2), churn);
  }

  private Content content() {
    List<Viewed> most =
        knowledge.newestFirst().stream()
            .map(item -> new Viewed(item.draft().title(), item.views()))
            .sorted(Comparator.comparingLong(Viewed::views).reversed())
            .limit(TOP)
            .toList();
    return new Content(knowledge.size(), knowledge.viewsToday(), most);
  }

  private Search search() {
    return new Search(searches.searches(), searches.averageResults(), searches.top(TOP));
  }

  private record Overview(
      int totalUsers, long contentViews, int chatSessions, double avgEngagement, String period) {}

  private record People(int activeUsers, int newUsers, int returningUsers, double churnRate) {}

  private record Content(int totalContent, long viewsToday, List<Viewed> mostViewed) {}

  private record Viewed(String title, long views) {}

  private record Search(long totalSearches, double avgResults, List<SearchLog.Query> topQueries) {}
}
