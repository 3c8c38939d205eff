package com.soundcore.kcp.backend;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was asked: parameters and body, read by rule (422 where one is broken). */
record Call(HttpServerExchange exchange, byte[] body) {
  JsonNode json() {
    return Json.object(body);
  }

  int id(String name) {
    String text = exchange.getQueryParameters().get(name).getLast();
    return whole("path", name, text);
  }

  int wholeNumber(String name, int standard, int min, int max) {
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

  Optional<Double> number(String name) {
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

  boolean flag(String name, boolean standard) {
    return text(name).map(Boolean::parseBoolean).orElse(standard);
  }

  Optional<String> text(String name) {
    Deque<String> values = exchange.getQueryParameters().get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  List<String> texts(String name) {
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
