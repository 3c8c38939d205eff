package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.AnswerPart;
import com.soundcore.kcp.config.services.Exchange;
import com.soundcore.kcp.config.services.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One call ready to send, and later the result of its checks. */
public final class DrawnCall {
  private static final byte[] NONE = {};

  private final Operation operation;
  private final String url;
  private final String body;
  private final List<String> contains;
  private final Map<String, String> headers;
  private Map<String, String> saved = Map.of();
  private String wrong = "";
  private byte[] answer = NONE;
  private String trace = "";

  /** Creates a call without its own headers. */
  DrawnCall(Operation operation, String url, String body, List<String> contains) {
    this(operation, url, body, contains, Map.of());
  }

  /**
   * @param operation the operation to call
   * @param url the complete URL
   * @param body the request's body; null for none
   * @param contains texts that a correct response contains
   * @param headers headers of this call only
   */
  DrawnCall(
      Operation operation,
      String url,
      String body,
      List<String> contains,
      Map<String, String> headers) {
    this.operation = operation;
    this.url = url;
    this.body = body;
    this.contains = contains;
    this.headers = headers;
  }

  public Operation operation() {
    return operation;
  }

  public String url() {
    return url;
  }

  public String body() {
    return body;
  }

  public List<String> contains() {
    return contains;
  }

  /** Returns this call's own headers by name. */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * Returns this call with the saved values of earlier calls, or this same call if it uses none.
   */
  public DrawnCall with(Map<String, String> values) {
    if (!operation.usesSaved()) {
      return this;
    }
    UnaryOperator<String> inUrl = text -> Value.of(text).inUrl();
    UnaryOperator<String> inJson = text -> Value.of(text).inJson();
    Map<String, String> filled = new LinkedHashMap<>();
    headers.forEach(
        (name, text) -> filled.put(name, Exchange.filled(text, values, UnaryOperator.identity())));
    return new DrawnCall(
        operation,
        Exchange.filled(url, values, inUrl),
        body == null
            ? null
            : Exchange.filled(body, values, operation.exchange().form() ? inUrl : inJson),
        contains.stream().map(piece -> Exchange.filled(piece, values, inJson)).toList(),
        filled);
  }

  /**
   * Saves the operation's values from a response.
   *
   * @return the name of a missing value; empty if all are present
   */
  public Optional<String> save(String answered, Function<String, List<String>> answerHeaders) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, AnswerPart> part : operation.exchange().saves().entrySet()) {
      Optional<String> value = part.getValue().in(answered, answerHeaders);
      if (value.isEmpty()) {
        return Optional.of(part.getKey());
      }
      values.put(part.getKey(), value.get());
    }
    saved = values;
    return Optional.empty();
  }

  /** Returns the values saved from this call's response, by name. */
  public Map<String, String> saved() {
    return saved;
  }

  /** Returns why a check failed; empty if none failed or there was no response. */
  public String wrong() {
    return wrong;
  }

  /** Returns the size of the response's body in bytes; 0 before the response. */
  int received() {
    return answer.length;
  }

  /** Returns the response's body; empty before the response. */
  public byte[] answer() {
    return answer;
  }

  void received(byte[] body) {
    answer = body;
  }

  /** Returns the trace ID of 32 hexadecimal digits; empty if the call is not traced. */
  public String trace() {
    return trace;
  }

  void tracedAs(String id) {
    trace = id;
  }

  /** Records a failed check. A call belongs to one user, so only one thread at a time uses it. */
  void markWrong(String what) {
    // Gatling continues with the next check, but logs the first message.
    wrong = wrong.isEmpty() ? what : wrong;
  }
}
