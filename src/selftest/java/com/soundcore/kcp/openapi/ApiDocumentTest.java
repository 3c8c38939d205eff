package com.soundcore.kcp.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
  private static final URI SERVICE = URI.create("http://localhost:8001");

  private static ApiDocument document(String paths, String components) {
    String text =
        "{\"openapi\": \"3.1.0\", \"paths\": {%s}, \"components\": {%s}}"
            .formatted(paths, components);
    return ApiDocument.of(text, SERVICE).orElseThrow();
  }

  @Test
  void readingASchemaLeavesTheDocumentUnchanged() {
    ApiDocument document =
        document(
            "\"/items\": {}",
            """
            "schemas": {
              "Named": {"required": ["name"], "properties": {"name": {"type": "string"}}},
              "Sized": {"required": ["size"], "properties": {"size": {"type": "integer"}}},
              "Item": {"allOf": [{"$ref": "#/components/schemas/Named"},
                                 {"$ref": "#/components/schemas/Sized"}]},
              "Maybe": {"anyOf": [{"$ref": "#/components/schemas/Named"}, {"type": "null"}]}}
            """);
    JsonNode before = document.root().deepCopy();
    JsonNode schemas = document.root().path("components").path("schemas");
    JsonNode first = document.effective(schemas.path("Item")).deepCopy();
    document.effective(schemas.path("Maybe"));
    assertThat(document.effective(schemas.path("Item"))).isEqualTo(first);
    assertThat(document.names(schemas.path("Item"))).containsExactly("name", "size");
    assertThat(document.root()).isEqualTo(before);
  }
}
