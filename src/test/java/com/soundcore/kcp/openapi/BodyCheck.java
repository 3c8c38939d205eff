package com.soundcore.kcp.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.soundcore.kcp.openapi.ApiDocument.Route;
import java.util.List;
import java.util.Optional;

/** A validator of request bodies against the schemas of an OpenAPI document. */
public final class BodyCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHOWN = 3;

  private static final Dialect OLD = withComponents(Dialects.getOpenApi30());
  private static final Dialect NEW = withComponents(Dialects.getOpenApi31());

  private BodyCheck() {}

  /** References point into "components", which is not a schema keyword. */
  private static Dialect withComponents(Dialect dialect) {
    return Dialect.builder(dialect).keyword(new NonValidationKeyword("components")).build();
  }

  /**
   * Returns up to three schema violations of a JSON body.
   *
   * @return such as "slug: required property 'slug' not found"; empty if the body fits, or if the
   *     document has no usable schema for it
   */
  public static Optional<String> wrong(ApiDocument document, Route route, String body) {
    JsonNode described = document.bodySchema(route);
    if (!described.isObject() || !route.mediaType().equals("application/json")) {
      return Optional.empty();
    }
    try {
      ObjectNode whole = ((ObjectNode) described).deepCopy();
      whole.set("components", document.root().path("components"));
      boolean old = document.root().path("openapi").asText().startsWith("3.0");
      Schema schema = SchemaRegistry.withDialect(old ? OLD : NEW).getSchema(whole);
      List<String> messages =
          schema.validate(JSON.readTree(body)).stream()
              .map(error -> (error.getInstanceLocation() + " " + error.getMessage()).strip())
              .limit(SHOWN)
              .toList();
      return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages));
    } catch (JsonProcessingException notJson) {
      return Optional.of("it is no JSON");
    } catch (SchemaException unusable) {
      // An unusable schema is no evidence against the call.
      return Optional.empty();
    }
  }
}
