package com.soundcore.kcp.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call with its parameters and body, validated by rules (422 for a violation).
 *
 * <p>Used by one thread at a time.
 */
public final class ApiCall {
  private static final int MAX_PARAMETERS = 1024;

  private final HttpRequest request;
  private final String path;
  private final String parameter;
  private final byte[] body;
  private Map<String, List<String>> parameters;

  /**
   * @param path without the query
   * @param parameter the variable part of the path, such as an id; empty for a path without one
   */
  public ApiCall(HttpRequest request, String path, String parameter, byte[] body) {
    this.request = request;
    this.path = path;
    this.parameter = parameter;
    this.body = body;
  }

  public String path() {
    return path;
  }

  /** Returns the query as it was sent, with its question mark; empty without one. */
  public String query() {
    int start = request.uri().indexOf('?');
    return start < 0 ? "" : request.uri().substring(start);
  }

  public byte[] body() {
    return body;
  }

  public Optional<String> header(CharSequence name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  /** Returns the body; 422 if it is not JSON, or not declared as JSON. */
  public JsonNode json() {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (body.length > 0 && (type == null || !type.startsWith("application/json"))) {
      throw Invalid.body("model_attributes_type", "Input should be a valid dictionary");
    }
    return Json.object(body);
  }

  /** Returns the path's parameter as a number. */
  public int id(String name) {
    return whole("path", name, parameter);
  }

  public int wholeNumber(String name, int standard, int min, int max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return standard;
    }
    int number = whole("query", name, text.get());
    if (number < min) {
      throw outside(name, "greater_than_equal", "greater than or equal to " + min, text.get());
    }
    if (number > max) {
      throw outside(name, "less_than_equal", "less than or equal to " + max, text.get());
    }
    return number;
  }

  public Optional<Double> number(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Double.valueOf(text);
              } catch (NumberFormatException e) {
                String rule = "Input should be a valid number, unable to parse string as a number";
                throw new Invalid("float_parsing", List.of("query", name), rule, text);
              }
            });
  }

  public boolean flag(String name, boolean standard) {
    return text(name).map(Boolean::parseBoolean).orElse(standard);
  }

  public Optional<String> text(String name) {
    List<String> values = texts(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  public List<String> texts(String name) {
    if (parameters == null) {
      parameters = parsed();
    }
    return parameters.getOrDefault(name, List.of());
  }

  private Map<String, List<String>> parsed() {
    String uri = request.uri();
    if (uri.indexOf('?') < 0) {
      return Map.of();
    }
    try {
      return new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true)
          .parameters();
    } catch (IllegalArgumentException malformed) {
      throw new Invalid("url_parsing", List.of("query"), "Input should be a valid URL", uri);
    }
  }

  private static int whole(String place, String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      String rule = "Input should be a valid integer, unable to parse string as an integer";
      throw new Invalid("int_parsing", List.of(place, name), rule, text);
    }
  }

  private static Invalid outside(String name, String type, String rule, String text) {
    return new Invalid(type, List.of("query", name), "Input should be " + rule, text);
  }
}
