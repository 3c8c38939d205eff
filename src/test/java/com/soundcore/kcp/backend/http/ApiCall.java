package com.soundcore.kcp.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was asked: parameters and body, read by rule (422 where one is broken). */
public record ApiCall(HttpServerExchange exchange, byte[] body) {
  /** The body; 422 where it is not JSON, or does not say that it is. */
  public JsonNode json() {
    HeaderValues type = exchange.getRequestHeaders().get(Headers.CONTENT_TYPE);
    if (body.length > 0 && (type == null || !type.getFirst().startsWith("application/json"))) {
      throw Invalid.body("model_attributes_type", "Input should be a valid dictionary");
    }
    return Json.object(body);
  }

  public int id(String name) {
    String text = exchange.getQueryParameters().get(name).getLast();
    return whole("path", name, text);
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
    Deque<String> values = exchange.getQueryParameters().get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  public List<String> texts(String name) {
    Map<String, Deque<String>> parameters = exchange.getQueryParameters();
    Deque<String> values = parameters.get(name);
    return values == null ? List.of() : List.copyOf(values);
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
