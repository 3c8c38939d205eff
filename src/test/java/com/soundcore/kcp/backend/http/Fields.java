package com.soundcore.kcp.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Reader of a body's fields with validation; 422 for a violation. */
public final class Fields {
  private Fields() {}

  public static void required(JsonNode json, String field) {
    if (!json.hasNonNull(field)) {
      throw Invalid.field(field, "missing", "Field required", null);
    }
  }

  public static String text(JsonNode json, String field, String standard, int maxLength) {
    JsonNode node = json.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return standard;
    }
    if (!node.isTextual()) {
      throw Invalid.field(field, "string_type", "Input should be a valid string", node);
    }
    String text = node.textValue();
    if (text.length() > maxLength) {
      String rule = "String should have at most " + maxLength + " characters";
      throw Invalid.field(field, "string_too_long", rule, text);
    }
    return text;
  }

  public static String oneOf(JsonNode json, String field, String standard, Set<String> allowed) {
    String text = text(json, field, standard, Integer.MAX_VALUE);
    if (!allowed.contains(text)) {
      String rule = "Input should be one of " + allowed.stream().sorted().toList();
      throw Invalid.field(field, "enum", rule, text);
    }
    return text;
  }

  public static int wholeNumber(JsonNode json, String field, int standard, int min, int max) {
    JsonNode node = json.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return standard;
    }
    if (!node.isInt() || node.intValue() < min || node.intValue() > max) {
      String rule = "Input should be a valid integer from " + min + " to " + max;
      throw Invalid.field(field, "int_range", rule, node);
    }
    return node.intValue();
  }
}
