package com.soundcore.kcp.config.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The place of a value in a response.
 *
 * @param kind the kind of place
 * @param name a JSON pointer, or the name of a header or cookie
 */
public record AnswerPart(Kind kind, String name) {
  /** The accepted notations, for messages. */
  public static final String FORMS =
      "a key such as access_token, $.data.token, /data/token, header:X-Token or cookie:session";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The kinds of places. */
  public enum Kind {
    JSON,
    HEADER,
    COOKIE
  }

  /** Parses a place; returns empty if the text has none of the {@link #FORMS}. */
  public static Optional<AnswerPart> of(String text) {
    if (text.startsWith("header:")) {
      return named(Kind.HEADER, text.substring("header:".length()));
    }
    if (text.startsWith("cookie:")) {
      return named(Kind.COOKIE, text.substring("cookie:".length()));
    }
    if (text.startsWith("$.")) {
      String path = text.substring(2).replaceAll("\\[(\\d+)]", ".$1").replace('.', '/');
      return Optional.of(new AnswerPart(Kind.JSON, "/" + path));
    }
    if (text.startsWith("/")) {
      return Optional.of(new AnswerPart(Kind.JSON, text));
    }
    return text.matches("[\\w-]+")
        ? Optional.of(new AnswerPart(Kind.JSON, "/" + text))
        : Optional.empty();
  }

  private static Optional<AnswerPart> named(Kind kind, String name) {
    return name.matches("[\\w-]+") ? Optional.of(new AnswerPart(kind, name)) : Optional.empty();
  }

  /**
   * Returns the value in a response; empty if it is missing or an empty text.
   *
   * @param headers returns all values of a header; the case of its name is ignored
   * @return the value; for a cookie "name=value", as in a Cookie header
   */
  public Optional<String> in(String body, Function<String, List<String>> headers) {
    return switch (kind) {
      case JSON -> inJson(body);
      case HEADER -> headers.apply(name).stream().filter(value -> !value.isEmpty()).findFirst();
      case COOKIE ->
          headers.apply("set-cookie").stream()
              .map(cookie -> cookie.replaceAll(";.*", "").strip())
              .filter(cookie -> cookie.matches("\\Q" + name + "\\E=.+"))
              .findFirst();
    };
  }

  private Optional<String> inJson(String body) {
    try {
      JsonNode value = JSON.readTree(body).at(name);
      return value.isValueNode() && !value.isNull()
          ? Optional.of(value.asText()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
