package com.soundcore.kcp.backend.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.testkit.BackendClient.Answer;
import com.soundcore.kcp.testkit.BackendClient.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeServiceTest extends KnowledgeFixture {
  @Test
  void aListIsPagedNewestFirst() {
    JsonNode newest = create("newest", "x");
    JsonNode page = backend.get("knowledge", "/api/v1/knowledge/?page=1&page_size=3").json();
    assertThat(page.path("items")).hasSize(3);
    assertThat(page.path("items").path(0).path("id")).isEqualTo(newest.path("id"));
    int first = page.path("items").path(0).path("id").asInt();
    assertThat(page.path("items").path(2).path("id").asInt()).isEqualTo(first - 2);
    assertThat(page.path("total").asInt()).isGreaterThan(1200);
    assertThat(page.path("page_size").asInt()).isEqualTo(3);
    assertThat(page.path("total_pages").asInt()).isEqualTo((page.path("total").asInt() + 2) / 3);

    JsonNode beyond = backend.get("knowledge", "/api/v1/knowledge/?page=9999").json();
    assertThat(beyond.path("items")).isEmpty();
    assertThat(beyond.path("page_size").asInt()).isEqualTo(20);
  }

  @Test
  void aListIsFiltered() {
    create("filtered", "only-here");
    String path =
        "/api/v1/knowledge/?tags=only-here&types=faq&types=guide&status=draft&language=en";
    JsonNode found = backend.get("knowledge", path).json();
    assertThat(found.path("total").asInt()).isEqualTo(1);
    assertThat(found.path("items").path(0).path("title").asText()).isEqualTo("filtered");
    assertThat(
            backend.get("knowledge", path + "&min_quality_score=101").json().path("total").asInt())
        .isZero();
  }

  @Test
  void anItemIsCreatedReadChangedLikedAndArchived() {
    int id = create("first title", "x").path("id").asInt();
    String path = "/api/v1/knowledge/" + id;
    assertThat(backend.get("knowledge", path).json().path("view_count").asInt()).isEqualTo(1);
    assertThat(
            backend
                .get("knowledge", path + "?increment_view=false")
                .json()
                .path("view_count")
                .asInt())
        .isEqualTo(1);

    Answer changed = backend.call("knowledge", "PUT", path, "{\"title\":\"second title\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("title").asText()).isEqualTo("second title");
    assertThat(changed.json().path("content").asText()).isEqualTo("Some text");

    assertThat(backend.post("knowledge", path + "/like", null).body())
        .isEqualTo("{\"success\":true,\"action\":\"liked\"}");
    assertThat(backend.call("knowledge", "DELETE", path, null).status()).isEqualTo(204);
    JsonNode archived = backend.get("knowledge", path).json();
    assertThat(archived.path("status").asText()).isEqualTo("archived");
    assertThat(archived.path("like_count").asInt()).isEqualTo(1);
  }

  @Test
  void anItemHasEveryFieldOfTheContract() {
    JsonNode item = backend.get("knowledge", "/api/v1/knowledge/1200").json();
    assertThat(item.fieldNames())
        .toIterable()
        .contains(
            "id",
            "title",
            "content",
            "summary",
            "type",
            "status",
            "product_id",
            "tags",
            "language",
            "source",
            "author",
            "embedding_id",
            "vector_dimension",
            "quality_score",
            "readability_score",
            "seo_score",
            "view_count",
            "like_count",
            "share_count",
            "created_at",
            "updated_at",
            "published_at");
    assertThat(item.path("quality_score").asDouble()).isBetween(0.0, 100.0);
  }

  @Test
  void aBatchTellsWhatCameOfIt() {
    String good = item("b", "x");
    Answer answer =
        backend.post(
            "knowledge", "/api/v1/knowledge/batch", "{\"items\":[" + good + ",{\"title\":\"t\"}]}");
    assertThat(answer.json().path("success_count").asInt()).isEqualTo(1);
    assertThat(answer.json().path("failure_count").asInt()).isEqualTo(1);
    assertThat(answer.json().path("errors")).hasSize(1);
    String many = "{\"items\":[" + (good + ",").repeat(100) + good + "]}";
    assertThat(backend.post("knowledge", "/api/v1/knowledge/batch", many).status()).isEqualTo(422);
  }

  @Test
  void statsAreCounted() {
    JsonNode stats = backend.get("knowledge", "/api/v1/stats/").json();
    int items = stats.path("total_items").asInt();
    assertThat(items).isGreaterThanOrEqualTo(1200);
    assertThat(stats.path("items_by_type").path("faq").asInt()).isPositive();
    assertThat(stats.path("items_by_language").path("en").asInt()).isPositive();
    assertThat(sum(stats.path("items_by_type"))).isEqualTo(items);
    assertThat(sum(stats.path("items_by_language"))).isEqualTo(items);
    assertThat(stats.path("avg_quality_score").asDouble()).isBetween(1.0, 100.0);
  }

  private static int sum(JsonNode counts) {
    int sum = 0;
    for (JsonNode count : counts) {
      sum += count.asInt();
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /api/v1/knowledge/999999       |      | 404 | {\"detail\":\"Knowledge item with"
            + " ID 999999 not found\"}",
        "GET    | /api/v1/products/999999        |      | 404 | {\"detail\":\"Product with ID"
            + " 999999 not found\"}",
        "GET    | /api/v1/knowledge/items        |      | 422 | int_parsing",
        "GET    | /api/v1/knowledge/?page=0      |      | 422 | greater_than_equal",
        "GET    | /api/v1/knowledge/?page_size=101 |    | 422 | less_than_equal",
        "GET    | /api/v1/knowledge/?min_quality_score=x | | 422 | float_parsing",
        "POST   | /api/v1/knowledge/             | {}   | 422 | {\"detail\":[{",
        "POST   | /api/v1/knowledge/             |"
            + " {\"title\":\"t\",\"content\":\"c\",\"type\":\"poem\"} | 422 | enum",
        "POST   | /api/v1/knowledge/             |"
            + " {\"title\":\"t\",\"content\":\"c\",\"type\":\"faq\",\"product_id\":99999} | 404 |"
            + " Product with ID 99999 not found",
        "POST   | /api/v1/knowledge/             | {\"title\":5,\"content\":\"c\",\"type\":\"faq\"}"
            + " | 422 | string_type",
        "POST   | /api/v1/knowledge/             | {not json | 422 | json_invalid",
        "POST   | /api/v1/knowledge/             | []   | 422 | model_attributes_type",
        "PUT    | /api/v1/knowledge/999999       | {}   | 404 | not found",
        "DELETE | /api/v1/knowledge/999999       |      | 404 | not found",
        "POST   | /api/v1/knowledge/999999/like  |      | 404 | not found",
        "POST   | /api/v1/search/                | {\"query\":\"\"} | 422 | string_too_short",
        "POST   | /api/v1/search/                | {\"query\":\"a\",\"top_k\":101} | 422 |"
            + " int_range",
        "POST   | /api/v1/search/                | {\"query\":\"a\",\"search_type\":\"magic\"} |"
            + " 422 | enum",
        "POST   | /api/v1/search/                | {}   | 422 | Field required",
        "POST   | /api/v1/search/rag             | {}   | 501 | detail",
        "GET    | /api/v1/nothing                |      | 404 | {\"detail\":\"Not Found\"}",
        "PUT    | /health                        |      | 405 | {\"detail\":\"Method Not"
            + " Allowed\"}",
      })
  void wrongInputIsAnsweredAsTheServicesDo(
      String method, String path, String body, int status, String contains) {
    Answer answer = backend.call("knowledge", method, path, body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(contains);
  }

  @Test
  void aBodyThatDoesNotSayThatItIsJsonIsRefused() {
    Answer answer =
        backend.call(
            "knowledge",
            "POST",
            "/api/v1/knowledge/",
            item("t", "x"),
            "Content-Type",
            "text/plain");
    assertThat(answer.status()).isEqualTo(422);
  }

  @Test
  void aTitleMayHave500CharactersAndNotMore() {
    String body = "{\"title\":\"%s\",\"content\":\"c\",\"type\":\"faq\"}";
    assertThat(
            backend
                .post("knowledge", "/api/v1/knowledge/", body.formatted("x".repeat(500)))
                .status())
        .isEqualTo(201);
    assertThat(
            backend.post("knowledge", "/api/v1/knowledge/", body.formatted("x".repeat(501))).body())
        .contains("string_too_long");
  }

  @Test
  void aCollectionWithoutItsSlashIsRedirected() {
    Answer answer = backend.get("knowledge", "/api/v1/knowledge?page=2");
    assertThat(answer.status()).isEqualTo(307);
    assertThat(answer.response().headers().firstValue("Location").orElseThrow())
        .endsWith("/api/v1/knowledge/?page=2");
  }

  @Test
  void underALongWriteLoadTheOldestOfTheCreatedItemsGoAndTheFirstOnesStay() {
    assumeTrue(store() == Store.MEMORY, "a database keeps all rows");
    int first =
        created(backend.get("knowledge", "/api/v1/knowledge/?page=1&page_size=1").json()) + 1;
    for (int i = 0; i < 1000; i++) {
      create("item " + i, "flood");
    }
    JsonNode page = backend.get("knowledge", "/api/v1/knowledge/?page=1&page_size=1").json();
    assertThat(page.path("total").asInt()).isEqualTo(2000);
    assertThat(backend.get("knowledge", "/api/v1/knowledge/1").status()).isEqualTo(200);
    assertThat(backend.get("knowledge", "/api/v1/knowledge/" + first).status()).isEqualTo(404);
    int newest = created(page);
    assertThat(backend.get("knowledge", "/api/v1/knowledge/" + (newest - 799)).status())
        .isEqualTo(200);
    JsonNode oldest = backend.get("knowledge", "/api/v1/knowledge/?page=2000&page_size=1").json();
    assertThat(created(oldest)).isEqualTo(1);
    JsonNode next = backend.get("knowledge", "/api/v1/knowledge/?page=801&page_size=1").json();
    assertThat(created(next)).isEqualTo(1200);
  }

  /** The id of a page's first item. */
  private static int created(JsonNode page) {
    return page.path("items").path(0).path("id").asInt();
  }
}
