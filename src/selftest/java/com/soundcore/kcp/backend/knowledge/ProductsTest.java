package com.soundcore.kcp.backend.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.testkit.BackendClient.Answer;
import com.soundcore.kcp.testkit.OnOneBackend;
import org.junit.jupiter.api.Test;

class ProductsTest extends OnOneBackend {
  @Test
  void productsAreListedCreatedChangedAndDiscontinued() {
    String body = "{\"sku\":\"T-1\",\"name\":\"Test\",\"category\":\"speakers\",\"price\":10.5}";
    Answer created = backend.post("knowledge", "/api/v1/products/", body);
    assertThat(created.status()).isEqualTo(201);
    String path = "/api/v1/products/" + created.json().path("id").asInt();
    assertThat(backend.get("knowledge", path).json().path("sku").asText()).isEqualTo("T-1");
    assertThat(
            backend.call("knowledge", "PUT", path, "{\"price\":9}").json().path("price").asDouble())
        .isEqualTo(9.0);
    assertThat(backend.call("knowledge", "DELETE", path, null).status()).isEqualTo(204);
    assertThat(backend.get("knowledge", path).json().path("is_active").asBoolean()).isFalse();
    JsonNode speakers =
        backend.get("knowledge", "/api/v1/products/?category=speakers&is_active=true").json();
    assertThat(speakers.path("items"))
        .hasSize(10)
        .allMatch(product -> product.path("category").asText().equals("speakers"))
        .allMatch(product -> product.path("is_active").asBoolean())
        .noneMatch(product -> product.path("sku").asText().equals("T-1"));
  }
}
