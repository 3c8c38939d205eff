package com.soundcore.kcp.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A builder that adapts a request body to a schema. Existing values keep their meaning but take the
 * names, spelling and lengths that the schema requires. Missing required values are generated.
 */
public final class BodyBuilder {
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
  private static final Pattern ALTERNATIVES = Pattern.compile("\\^?\\(?([\\w|-]+)\\)?\\$?");
  private static final int DEEPEST = 5;
  // Bound what an unusual schema can make the builder generate.
  private static final int MOST_VALUES = 10_000;
  private static final int LONGEST_TEXT = 100_000;

  private final ApiDocument document;
  private final Function<String, Optional<JsonNode>> references;
  private int values;

  /**
   * @param references returns the id of an existing row for a property name such as "brand_id";
   *     empty if none exists
   */
  public BodyBuilder(ApiDocument document, Function<String, Optional<JsonNode>> references) {
    this.document = document;
    this.references = references;
  }

  /**
   * Returns a body that fits a schema.
   *
   * @param ours the body's values, under the suite's names
   * @param schema the schema of an object; if it has no properties, the body is returned unchanged
   * @param unique lower-case letters, digits and '-'; part of each generated text
   */
  public ObjectNode fit(ObjectNode ours, JsonNode schema, String unique) {
    values = 0;
    JsonNode wanted = document.effective(schema);
    return wanted.path("properties").isEmpty() ? ours : object(ours, wanted, unique, 0);
  }

  private ObjectNode object(ObjectNode ours, JsonNode schema, String unique, int depth) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    ObjectNode fitted = MAKE.objectNode();
    for (Map.Entry<String, JsonNode> entry : schema.path("properties").properties()) {
      String name = entry.getKey();
      JsonNode wanted = document.effective(entry.getValue());
      JsonNode mine = Names.field(ours, name);
      if (!mine.isMissingNode() && !mine.isNull()) {
        fitted.set(name, fitted(mine, wanted, unique, depth));
      } else if (required.contains(name)) {
        fitted.set(name, made(name, wanted, unique, depth));
      }
    }
    return fitted;
  }

  private JsonNode fitted(JsonNode mine, JsonNode wanted, String unique, int depth) {
    List<String> allowed = allowed(wanted);
    if (!allowed.isEmpty() && mine.isValueNode()) {
      return enumValue(wanted, allowed, mine.asText());
    }
    String type = type(wanted);
    if (mine instanceof ObjectNode object && type.equals("object") && depth < DEEPEST) {
      return wanted.path("properties").isEmpty() ? mine : object(object, wanted, unique, depth + 1);
    }
    if (mine.isNumber() && type.equals("string")) {
      return MAKE.textNode(mine.asText());
    }
    if (mine.isTextual() && type.equals("array")) {
      return MAKE.arrayNode().add(mine);
    }
    if (mine.isTextual() && type.equals("string")) {
      return MAKE.textNode(cut(mine.asText(), wanted));
    }
    return mine;
  }

  /** A value that differs only in case, '_' or '-' is kept; any other value maps to one by hash. */
  private static JsonNode enumValue(JsonNode schema, List<String> allowed, String mine) {
    int at = Math.floorMod(mine.hashCode(), allowed.size());
    for (int i = 0; i < allowed.size(); i++) {
      if (Names.same(allowed.get(i), mine)) {
        at = i;
      }
    }
    return schema.path("enum").isArray()
        ? schema.path("enum").get(at)
        : MAKE.textNode(allowed.get(at));
  }

  /**
   * Returns the values of an enumeration or of a pattern of alternatives; empty if any value is
   * allowed.
   */
  public static List<String> allowed(JsonNode schema) {
    List<String> values = new ArrayList<>();
    schema.path("enum").forEach(value -> values.add(value.asText()));
    Matcher alternatives = ALTERNATIVES.matcher(schema.path("pattern").asText(""));
    if (values.isEmpty() && alternatives.matches() && alternatives.group(1).contains("|")) {
      values.addAll(Arrays.asList(alternatives.group(1).split("\\|")));
    }
    return values;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (!one.asText().equals("null")) {
          return one.asText();
        }
      }
    }
    return type.asText("");
  }

  private JsonNode made(String name, JsonNode wanted, String unique, int depth) {
    for (String given : List.of("const", "default")) {
      if (wanted.hasNonNull(given)) {
        return wanted.get(given);
      }
    }
    List<String> allowed = allowed(wanted);
    if (!allowed.isEmpty()) {
      return enumValue(wanted, allowed, unique);
    }
    if (name.matches(".*(_id|Id|_ids|Ids)")) {
      Optional<JsonNode> row = references.apply(name);
      if (row.isPresent()) {
        return type(wanted).equals("array") ? MAKE.arrayNode().add(row.get()) : row.get();
      }
    }
    return switch (type(wanted)) {
      case "integer" -> MAKE.numberNode((long) Bounds.of(wanted, true).nearest(1));
      case "number" -> MAKE.numberNode(Bounds.of(wanted, false).nearest(1));
      case "boolean" -> MAKE.booleanNode(true);
      case "array" -> array(name, wanted, unique, depth);
      case "object" ->
          depth < DEEPEST
              ? object(MAKE.objectNode(), wanted, unique, depth + 1)
              : MAKE.objectNode();
      default -> text(wanted, unique);
    };
  }

  private ArrayNode array(String name, JsonNode wanted, String unique, int depth) {
    ArrayNode array = MAKE.arrayNode();
    for (int i = 0;
        i < wanted.path("minItems").asInt(0) && depth < DEEPEST && values < MOST_VALUES;
        i++) {
      values++;
      array.add(made(name, document.effective(wanted.path("items")), unique + "-" + i, depth + 1));
    }
    return array;
  }

  private static JsonNode text(JsonNode schema, String unique) {
    String made =
        switch (schema.path("format").asText("")) {
          case "uuid" -> UUID.nameUUIDFromBytes(unique.getBytes(StandardCharsets.UTF_8)).toString();
          case "date" -> "2026-01-01";
          case "date-time" -> "2026-01-01T00:00:00Z";
          case "time" -> "12:00:00Z";
          case "email" -> unique + "@load-test.invalid";
          case "uri", "url" -> "https://load-test.invalid/" + unique;
          default -> example(schema).orElse(sized(unique, schema));
        };
    return MAKE.textNode(made);
  }

  /** The schema's example is used only if a generated text would not match the pattern. */
  private static Optional<String> example(JsonNode schema) {
    String pattern = schema.path("pattern").asText("");
    String shown = schema.path("example").asText(schema.path("examples").path(0).asText(""));
    try {
      return pattern.isEmpty()
              || shown.isEmpty()
              || Pattern.compile(pattern).matcher("kcp-1").find()
          ? Optional.empty()
          : Optional.of(shown);
    } catch (PatternSyntaxException ofAnotherKind) {
      return Optional.of(shown).filter(text -> !text.isEmpty());
    }
  }

  private static String cut(String text, JsonNode schema) {
    int most = most(schema);
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static int most(JsonNode schema) {
    return Math.max(0, schema.path("maxLength").asInt(Integer.MAX_VALUE));
  }

  /** A generated text is unique at its end, so a text that is too long loses its beginning. */
  private static String sized(String text, JsonNode schema) {
    int most = most(schema);
    int least = Math.min(LONGEST_TEXT, schema.path("minLength").asInt(0));
    String padded = text.length() < least ? text + "-".repeat(least - text.length()) : text;
    return padded.length() <= most ? padded : padded.substring(padded.length() - most);
  }
}
