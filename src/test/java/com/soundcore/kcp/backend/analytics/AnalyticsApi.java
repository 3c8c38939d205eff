package com.soundcore.kcp.backend.analytics;

import com.soundcore.kcp.backend.auth.UserStore;
import com.soundcore.kcp.backend.http.JsonBuffer;
import com.soundcore.kcp.backend.http.LastReply;
import com.soundcore.kcp.backend.http.Recent;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.http.SerializedRow;
import com.soundcore.kcp.backend.knowledge.KnowledgeStore;
import com.soundcore.kcp.backend.knowledge.KnowledgeSummary;
import com.soundcore.kcp.backend.knowledge.SearchLog;
import com.soundcore.kcp.backend.server.ServiceServer;
import com.soundcore.kcp.backend.support.SupportStore;
import java.time.Duration;
import java.util.List;

/** The analytics service. Its metrics are computed from the other services' actual calls. */
public final class AnalyticsApi {
  private static final int TOP = 10;
  private static final Duration MAX_AGE = Duration.ofMillis(500);

  private final KnowledgeStore knowledge;
  private final SearchLog searches;
  private final SupportStore support;
  private final UserStore users;

  private final Recent<SerializedRow<People>> people =
      new Recent<>(MAX_AGE, () -> new SerializedRow<>(people()));
  private final Recent<SerializedRow<Search>> search =
      new Recent<>(MAX_AGE, () -> new SerializedRow<>(search()));
  private final LastReply<Overview> overview = new LastReply<>();
  private final LastReply<List<KnowledgeSummary.Viewed>> mostViewed = new LastReply<>();

  public AnalyticsApi(
      KnowledgeStore knowledge, SearchLog searches, SupportStore support, UserStore users) {
    this.knowledge = knowledge;
    this.searches = searches;
    this.support = support;
    this.users = users;
  }

  public void serve(ServiceServer server) {
    String root = "/api/v1/analytics/";
    server.query("GET", root + "overview", call -> overview.of(overview()));
    server.query("GET", root + "users", call -> people.get().reply(200));
    server.query("GET", root + "content", call -> content());
    server.query("GET", root + "search", call -> search.get().reply(200));
  }

  private Overview overview() {
    KnowledgeSummary all = knowledge.summary();
    double engagement =
        all.views() == 0 ? 0 : Math.round(10_000.0 * all.likes() / all.views()) / 10_000.0;
    return new Overview(users.total(), all.views(), support.chats(), engagement, "all_time");
  }

  private People people() {
    int total = users.total();
    int active = users.loggedInAtLeast(1);
    double churn = total == 0 ? 0 : Math.round(1000.0 * (total - active) / total) / 1000.0;
    return new People(active, users.registered(), users.loggedInAtLeast(2), churn);
  }

  private Reply content() {
    KnowledgeSummary all = knowledge.summary();
    byte[] most = mostViewed.rowOf(all.mostViewed()).json();
    JsonBuffer out = new JsonBuffer(128 + most.length);
    out.add("{\"total_content\":").add(all.items());
    out.add(",\"views_today\":").add(knowledge.viewsToday());
    return Reply.ok(out.add(",\"most_viewed\":").add(most).add('}'));
  }

  private Search search() {
    return new Search(searches.searches(), searches.averageResults(), searches.top(TOP));
  }

  private record Overview(
      int totalUsers, long contentViews, int chatSessions, double avgEngagement, String period) {}

  private record People(int activeUsers, int newUsers, int returningUsers, double churnRate) {}

  private record Search(long totalSearches, double avgResults, List<SearchLog.Query> topQueries) {}
}
