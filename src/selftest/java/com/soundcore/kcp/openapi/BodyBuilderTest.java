package com.soundcore.kcp.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.soundcore.kcp.openapi.ApiDocument.Route;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyBuilderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each number is also checked by the validator, which knows both versions of the keywords. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          3.0 | "type": "integer" | 1
          3.0 | "type": "integer", "minimum": 5, "exclusiveMinimum": true | 6
          3.0 | "type": "integer", "minimum": 5, "exclusiveMinimum": false | 5
          3.0 | "type": "integer", "maximum": 1, "exclusiveMaximum": true | 0
          3.0 | "type": "number", "minimum": 5, "exclusiveMinimum": true | 6.0
          3.0 | "type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 1, "exclusiveMaximum": true | 0.5
          3.1 | "type": "integer", "exclusiveMinimum": 5 | 6
          3.1 | "type": "integer", "minimum": 2, "exclusiveMinimum": 5.5 | 6
          3.1 | "type": "integer", "minimum": 7, "exclusiveMinimum": 5 | 7
          3.1 | "type": "integer", "exclusiveMaximum": 1 | 0
          3.1 | "type": "integer", "exclusiveMinimum": -9, "maximum": -3 | -3
          3.1 | "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5 | 0.25
          """)
  void aMissingNumberIsInsideTheBounds(String version, String schema, String expected)
      throws Exception {
    ApiDocument document =
        ApiDocument.of(
                """
                {"openapi": "%s.0", "paths": {"/items": {"post": {"requestBody": {"content":
                  {"application/json": {"schema": {"type": "object", "required": ["size"],
                    "properties": {"size": {%s}}}}}}}}}}
                """
                    .formatted(version, schema),
                URI.create("http://localhost:8001"))
            .orElseThrow();
    Route route = document.route("POST", "/items").orElseThrow();
    ObjectNode body =
        new BodyBuilder(document, name -> Optional.empty())
            .fit(JSON.createObjectNode(), document.body(route), "kcp-1");
    assertThat(body.path("size").asText()).isEqualTo(expected);
    assertThat(BodyCheck.wrong(document, route, body.toString())).isEmpty();
  }
}
