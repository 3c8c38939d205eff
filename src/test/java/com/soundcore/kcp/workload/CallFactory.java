package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.Operation;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A factory for the calls of one operation. */
final class CallFactory {
  private final Operation operation;
  private final String baseUrl;
  private final Template path;
  private final Template body;
  private final List<Template> contains;
  private final List<Supplier<Value>> sources;
  private final List<String> fixedContains;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Template> headers = new LinkedHashMap<>();

  CallFactory(Operation operation, URI baseUrl, Function<String, Supplier<Value>> sourceOf) {
    this.operation = operation;
    this.baseUrl = baseUrl.toString();
    this.path = new Template(operation.path(), names, Value::inUrl);
    this.body =
        new Template(
            operation.body(), names, operation.exchange().form() ? Value::inUrl : Value::inJson);
    operation
        .exchange()
        .headers()
        .forEach((name, text) -> headers.put(name, new Template(text, names, Value::inJson)));
    this.contains =
        operation.contains().stream()
            .map(text -> new Template(text, names, Value::inJson))
            .toList();
    this.sources = names.stream().map(sourceOf).toList();
    this.fixedContains =
        contains.stream().allMatch(Template::isFixed) ? operation.contains() : List.of();
  }

  Operation operation() {
    return operation;
  }

  DrawnCall next() {
    return call(drawn());
  }

  /** Returns whether the operation's calls contain this value. */
  boolean uses(String name) {
    return names.contains(name);
  }

  /** Returns a call with this value; all other values are drawn. */
  DrawnCall with(String name, Value value) {
    Value[] values = drawn();
    values[names.indexOf(name)] = value;
    return call(values);
  }

  private Value[] drawn() {
    Value[] values = new Value[sources.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = sources.get(i).get();
    }
    return values;
  }

  private DrawnCall call(Value[] values) {
    return new DrawnCall(
        operation,
        baseUrl + path.fill(values),
        operation.body().isEmpty() ? null : body.fill(values),
        fixedContains.isEmpty() ? filled(values) : fixedContains,
        headers.isEmpty() ? Map.of() : headers(values));
  }

  private Map<String, String> headers(Value[] values) {
    Map<String, String> filled = new LinkedHashMap<>();
    headers.forEach((name, template) -> filled.put(name, template.fill(values)));
    return filled;
  }

  private List<String> filled(Value[] values) {
    List<String> texts = new ArrayList<>(contains.size());
    for (Template template : contains) {
      texts.add(template.fill(values));
    }
    return texts;
  }
}
