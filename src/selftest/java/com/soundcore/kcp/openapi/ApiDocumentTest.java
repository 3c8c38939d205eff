package com.soundcore.kcp.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.openapi.ApiDocument.Route;
import com.soundcore.kcp.testkit.PlainOperation;
import java.net.URI;
import java.util.List;
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

  private static final String COMPONENTS =
      """
      "requestBodies": {"Upload": {"required": true, "content": {"text/csv": {}}}},
      "parameters": {
        "Page": {"name": "page", "in": "query", "schema": {"maximum": 10}},
        "Id": {"name": "id", "in": "path", "required": true, "schema": {"format": "uuid"}}},
      "pathItems": {"Imports": {"post": {
        "requestBody": {"$ref": "#/components/requestBodies/Upload"}}}}
      """;

  private static final Operation IMPORT =
      PlainOperation.of("knowledge", "import", "POST /imports", 201, List.of());

  private static Route route(String paths, String method, String path) {
    return document(paths, COMPONENTS).route(method, path).orElseThrow();
  }

  @Test
  void aBodyThatIsAReferenceIsRead() {
    String reference =
        """
        "/imports": {"post": {"requestBody": {"$ref": "#/components/requestBodies/Upload"}}}
        """;
    assertThat(route(reference, "POST", "/imports").mediaType()).isEqualTo("text/csv");
    assertThat(document(reference, COMPONENTS).against(IMPORT))
        .contains("its /openapi.json requires a body");
  }

  @Test
  void aPathThatIsAReferenceIsRead() {
    String reference = "\"/imports\": {\"$ref\": \"#/components/pathItems/Imports\"}";
    assertThat(route(reference, "POST", "/imports").mediaType()).isEqualTo("text/csv");
  }

  @Test
  void anOperationsParameterReplacesThatOfItsPath() {
    ApiDocument document =
        document(
            """
            "/items/{id}": {
              "parameters": [{"$ref": "#/components/parameters/Page"},
                             {"$ref": "#/components/parameters/Id"}],
              "get": {"parameters": [
                {"name": "page", "in": "query", "required": true, "schema": {"maximum": 99}},
                {"name": "id", "in": "query"}]},
              "delete": {}}
            """,
            COMPONENTS);
    Route get = document.route("GET", "/items/{id}").orElseThrow();
    assertThat(document.query(get))
        .extracting(ApiDocument.Parameter::name, ApiDocument.Parameter::required)
        .containsExactly(tuple("page", true), tuple("id", false));
    assertThat(document.inPath(get)).extracting(ApiDocument.Parameter::name).containsExactly("id");
    Route delete = document.route("DELETE", "/items/{id}").orElseThrow();
    assertThat(document.query(delete))
        .extracting(p -> p.schema().path("maximum").asInt())
        .containsExactly(10);
  }
}
