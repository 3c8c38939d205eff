package com.soundcore.kcp.backend.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON in snake_case, as the services use it. */
public final class Json {
  public static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Json() {}

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the JSON object in these bytes, or fails with 422. */
  static JsonNode object(byte[] body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (IOException notJson) {
      throw Invalid.body("json_invalid", "JSON decode error");
    }
    if (node == null || node.isMissingNode()) {
      throw Invalid.body("missing", "Field required");
    }
    if (!node.isObject()) {
      throw Invalid.body("model_attributes_type", "Input should be a valid dictionary");
    }
    return node;
  }
}
