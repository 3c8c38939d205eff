package com.soundcore.kcp.backend.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.testkit.BackendClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeywordSearchTest extends KnowledgeFixture {
  private Answer search(String query) {
    String body = "{\"query\":\"%s\",\"search_type\":\"keyword\",\"top_k\":5}".formatted(query);
    return backend.post("knowledge", "/api/v1/search/", body);
  }

  @Test
  void whatWasWrittenIsFoundBySearch() {
    create("Zebrafish headphones", "x");
    JsonNode found = eventually(() -> search("zebrafish").json(), "total_results");
    assertThat(found.path("query").asText()).isEqualTo("zebrafish");
    assertThat(found.path("total_results").asInt()).isEqualTo(1);
    JsonNode hit = found.path("results").path(0);
    assertThat(hit.path("title").asText()).isEqualTo("Zebrafish headphones");
    assertThat(hit.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "knowledge_id",
            "title",
            "summary",
            "type",
            "score",
            "highlights",
            "product_id",
            "tags");
  }

  @Test
  void searchTermsAreNoSyntax() {
    assertThat(search("c++ (AND: \\\"").status()).isEqualTo(200);
    JsonNode none = search("***").json();
    assertThat(none.path("total_results").asInt(-1)).isZero();
    assertThat(none.path("results").isArray()).isTrue();
    assertThat(none.path("results")).isEmpty();
  }

  /** Asks again until the number is there, for 5 s. */
  private JsonNode eventually(Supplier<JsonNode> source, String field) {
    Instant end = Instant.now().plus(Duration.ofSeconds(5));
    JsonNode json = source.get();
    while (json.path(field).asInt() == 0 && Instant.now().isBefore(end)) {
      json = source.get();
    }
    assertThat(json.path(field).asInt()).isPositive();
    return json;
  }
}
