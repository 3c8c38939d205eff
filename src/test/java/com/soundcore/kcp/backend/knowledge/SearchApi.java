package com.soundcore.kcp.backend.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.Fields;
import com.soundcore.kcp.backend.http.Invalid;
import com.soundcore.kcp.backend.http.Json;
import com.soundcore.kcp.backend.http.JsonBuffer;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.server.ServiceServer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The knowledge service's search. */
public final class SearchApi {
  private static final Set<String> TYPES = Set.of("semantic", "keyword", "hybrid");
  private static final int MAX_QUERY = 500;
  private static final int MAX_TOP = 100;
  private static final int RESULT_BYTES = 400;

  private final KnowledgeStore store;
  private final SearchLog log;

  public SearchApi(KnowledgeStore store, SearchLog log) {
    this.store = store;
    this.log = log;
  }

  public void serve(ServiceServer server, boolean plannedDialect) {
    if (plannedDialect) {
      server.query("GET", "/api/v1/knowledge/search", this::searchByParameters);
    } else {
      server.query("POST", "/api/v1/search/", this::search);
    }
    Map<String, String> notYet = Map.of("detail", "RAG is not implemented");
    server.query("POST", "/api/v1/search/rag", call -> Reply.json(501, Json.bytes(notYet)));
  }

  private Reply search(ApiCall call) {
    JsonNode json = call.json();
    Fields.required(json, "query");
    Fields.oneOf(json, "search_type", "hybrid", TYPES);
    String query = Fields.text(json, "query", "", MAX_QUERY);
    if (query.isEmpty()) {
      String rule = "String should have at least 1 character";
      throw Invalid.field("query", "string_too_short", rule, query);
    }
    return found(query, Fields.wholeNumber(json, "top_k", 10, 1, MAX_TOP));
  }

  private Reply searchByParameters(ApiCall call) {
    String query = call.text("q").filter(text -> !text.isBlank()).orElse("");
    if (query.isEmpty()) {
      throw new Invalid("missing", List.of("query", "q"), "Field required", null);
    }
    return found(query, call.wholeNumber("limit", 10, 1, MAX_TOP));
  }

  private Reply found(String query, int top) {
    long start = System.nanoTime();
    KnowledgeStore.Found found = store.search(query, top);
    log.searched(query, found.matches().size());
    long micros = (System.nanoTime() - start) / 1000;
    JsonBuffer out = new JsonBuffer(128 + found.matches().size() * RESULT_BYTES);
    out.add("{\"query\":").quoted(query);
    out.add(",\"total_results\":").add(found.total());
    out.add(",\"search_time_ms\":").add(micros / 1000.0);
    out.add(",\"results\":[");
    out.list(found.matches(), (match, to) -> match.item().writeFoundTo(to, match.score()));
    return Reply.ok(out.add("]}"));
  }
}
