package com.soundcore.kcp.backend.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.Invalid;
import com.soundcore.kcp.backend.http.LastReply;
import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.knowledge.KnowledgeItem.Draft;
import com.soundcore.kcp.backend.server.Paging;
import com.soundcore.kcp.backend.server.ServiceServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The knowledge service's items: list, get, create, update, delete, like, batch, stats. */
public final class KnowledgeApi {
  private static final int MAX_BATCH = 100;

  private final KnowledgeStore store;
  private final DraftReader drafts;
  private final LastReply<Stats> stats = new LastReply<>();

  public KnowledgeApi(KnowledgeStore store, DraftReader drafts) {
    this.store = store;
    this.drafts = drafts;
  }

  public void serve(ServiceServer server, boolean plannedDialect) {
    String root = "/api/v1/knowledge/";
    String items = plannedDialect ? "/api/v1/knowledge/items" : root;
    server.query("GET", items, this::list);
    server.query("POST", items, this::create);
    server.query("GET", plannedDialect ? "/api/v1/knowledge/stats" : "/api/v1/stats/", this::stats);
    server.query("POST", root + "batch", this::batch);
    server.query("GET", root + "{item_id}", this::get);
    server.query("PUT", root + "{item_id}", this::update);
    server.query("DELETE", root + "{item_id}", this::archive);
    server.query("POST", root + "{item_id}/like", this::like);
  }

  private Reply list(ApiCall call) {
    Paging pages = Paging.of(call);
    KnowledgeStore.Page found = store.page(Filter.of(call), pages.skip(), pages.pageSize());
    return pages.reply(found.items(), found.total(), KnowledgeItem::writeTo);
  }

  private Reply get(ApiCall call) {
    KnowledgeItem item = store.get(call.id("item_id"));
    if (call.flag("increment_view", true)) {
      store.viewed(item);
    }
    return item.reply(200);
  }

  private Reply create(ApiCall call) {
    return store.create(drafts.whole(call.json()), Instant.now()).reply(201);
  }

  private Reply update(ApiCall call) {
    KnowledgeItem item = store.get(call.id("item_id"));
    return store.update(item, drafts.changed(item.draft(), call.json())).reply(200);
  }

  private Reply archive(ApiCall call) {
    KnowledgeItem item = store.get(call.id("item_id"));
    Draft d = item.draft();
    store.update(
        item,
        new Draft(
            d.title(),
            d.content(),
            d.summary(),
            d.type(),
            "archived",
            d.productId(),
            d.tags(),
            d.language(),
            d.source(),
            d.author()));
    return Reply.empty(204);
  }

  private Reply like(ApiCall call) {
    store.liked(store.get(call.id("item_id")));
    return Reply.ok(new Liked(true, "liked"));
  }

  private Reply batch(ApiCall call) {
    JsonNode items = call.json().path("items");
    if (!items.isArray()) {
      throw Invalid.field("items", "missing", "Field required", null);
    }
    if (items.size() > MAX_BATCH) {
      String rule = "List should have at most " + MAX_BATCH + " items";
      throw Invalid.field("items", "too_long", rule, items.size());
    }
    int created = 0;
    List<String> errors = new ArrayList<>();
    for (JsonNode item : items) {
      try {
        store.create(drafts.whole(item), Instant.now());
        created++;
      } catch (Invalid | NotFound wrong) {
        errors.add(wrong.getMessage());
      }
    }
    return Reply.ok(new Batch(created, errors.size(), errors));
  }

  private Reply stats(ApiCall call) {
    KnowledgeSummary all = store.summary();
    return stats.of(
        new Stats(
            all.items(),
            all.byStatus().getOrDefault("published", 0),
            all.byStatus().getOrDefault("draft", 0),
            all.averageQuality(),
            all.views(),
            all.likes(),
            all.byType(),
            all.byLanguage()));
  }

  private record Liked(boolean success, String action) {}

  private record Batch(int successCount, int failureCount, List<String> errors) {}

  private record Stats(
      int totalItems,
      int publishedItems,
      int draftItems,
      double avgQualityScore,
      long totalViews,
      long totalLikes,
      Map<String, Integer> itemsByType,
      Map<String, Integer> itemsByLanguage) {}
}
