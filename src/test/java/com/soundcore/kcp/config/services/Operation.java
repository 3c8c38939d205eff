package com.soundcore.kcp.config.services;

import java.util.List;
import java.util.Optional;

/**
 * One call of a service. In path, body and expected pieces, {name} is a variable that the service's
 * feeder fills.
 *
 * @param service the name of its service
 * @param name unique within the service
 * @param method GET, POST, PUT or DELETE
 * @param path the path relative to the service's URL
 * @param body the request's body; empty for none
 * @param status the only correct status
 * @param contains the pieces that a correct response contains
 * @param forbids the pieces that reveal a stub
 * @param mayBePlaceholder whether the response of a stub is accepted
 * @param costly whether it costs money on a real deployment
 * @param distinct the response's key whose value must differ between different questions
 * @param effect the side effect of each call, such as "a view count"
 * @param addsTo the collection that grows by a row with each call
 * @param finds an existing row that a call must find
 * @param exchange its headers, media type and saved values
 */
public record Operation(
    String service,
    String name,
    String method,
    String path,
    String body,
    int status,
    List<String> contains,
    List<String> forbids,
    boolean mayBePlaceholder,
    boolean costly,
    Optional<String> distinct,
    Optional<String> effect,
    Optional<String> addsTo,
    Optional<Finds> finds,
    Exchange exchange) {
  private static final int FIRST_ERROR = 400;
  private static final List<String> NONE = List.of("null", "false", "[]", "{}", "\"\"", "0");
  private static final List<String> ERRORS =
      List.of("\"error\"", "\"errors\"", "\"detail\"", "\"exception\"", "\"traceback\"");

  /**
   * A search that must find an existing row.
   *
   * @param collection the row's collection
   * @param key the row's key that holds the search text
   * @param value the variable of the call that takes the search text
   */
  public record Finds(String collection, String key, String value) {}

  /** Returns all its templates as one text. */
  public String templates() {
    return path + body + String.join("", contains) + String.join("", exchange.headers().values());
  }

  /** Returns whether its calls need a value that an earlier call has saved. */
  public boolean usesSaved() {
    return exchange.usesSaved();
  }

  /** Returns whether each call creates a row: its body has a number that is unique in the run. */
  public boolean creates() {
    return body.contains("{serial}");
  }

  /** Returns its name in reports, such as "knowledge / list". */
  public String fullName() {
    return service + " / " + name;
  }

  /**
   * Returns the error key of an error reported with a success status. Web frameworks write such an
   * error as an object that begins with this key. An operation that expects the key may return it.
   *
   * @return the key with its quotes, such as {@code "detail"}; an empty string if there is no error
   */
  public String errorIn(String answer) {
    if (status >= FIRST_ERROR) {
      return "";
    }
    int at = afterSpace(answer, 0);
    if (at == answer.length() || answer.charAt(at) != '{') {
      return "";
    }
    int key = afterSpace(answer, at + 1);
    for (String error : ERRORS) {
      if (answer.startsWith(error, key)
          && contains.stream().noneMatch(it -> it.contains(error))
          && !isEmpty(answer, afterSpace(answer, key + error.length()))) {
        return error;
      }
    }
    return "";
  }

  /** Returns the pieces in a response that reveal a stub; an empty list for any other response. */
  public List<String> placeholderIn(String answer) {
    return forbids.stream().filter(answer::contains).toList();
  }

  /** An error key with an empty value, such as null, is not an error. */
  private static boolean isEmpty(String answer, int colon) {
    int value = afterSpace(answer, Math.min(answer.length(), colon + 1));
    return NONE.stream().anyMatch(none -> answer.startsWith(none, value));
  }

  private static int afterSpace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
