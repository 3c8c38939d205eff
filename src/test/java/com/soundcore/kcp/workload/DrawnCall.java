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

/** One call, ready to be sent, and then how its answer failed its checks. */
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

  /** One without headers of its own. */
  DrawnCall(Operation operation, String url, String body, List<String> contains) {
    this(operation, url, body, contains, Map.of());
  }

  /**
   * @param operation what is called
   * @param url where
   * @param body null for none
   * @param contains pieces that a right answer has
   * @param headers of its own
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

  /** Its own headers, by name. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The call with values that earlier ones have saved; itself where it uses none. */
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
   * Keeps what the operation saves of an answer.
   *
   * @return the name of a value that is missing; empty where all are there
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

  /** What was saved of its answer, by name. */
  public Map<String, String> saved() {
    return saved;
  }

  /** What a check found; empty where no check failed, or where there was no answer to check. */
  public String wrong() {
    return wrong;
  }

  /** Bytes of the answer's body; 0 before there is one. */
  int received() {
    return answer.length;
  }

  /** The body of the answer; empty before there is one. */
  public byte[] answer() {
    return answer;
  }

  void received(byte[] body) {
    answer = body;
  }

  /** The id of its trace, 32 hexadecimal digits; empty where it has none. */
  public String trace() {
    return trace;
  }

  void tracedAs(String id) {
    trace = id;
  }

  /** A check failed; only one user has this call, so only one thread at a time sees it. */
  void markWrong(String what) {
    // Gatling goes on to the next check; the log has the first message.
    wrong = wrong.isEmpty() ? what : wrong;
  }
}
