package com.soundcore.kcp.config.services;

import java.util.List;
import java.util.Optional;

/**
 * One call of a service. Path, body and expected pieces are templates: {name} stands for a value of
 * the service's feeder.
 *
 * @param service whose it is
 * @param name unique within the service
 * @param method GET, POST, PUT or DELETE
 * @param path from the service's URL on
 * @param body empty for none
 * @param status the only right status
 * @param contains pieces that a right answer's body has
 * @param forbids pieces of a placeholder's answer
 * @param mayBePlaceholder whether a placeholder's answer is accepted
 * @param costly whether it costs money on a real deployment
 * @param distinct the answer's key whose value differs from question to question
 * @param effect what each call leaves behind, such as "a view count"
 * @param addsTo the collection that each call adds a row to
 * @param finds what a call must find that is known to be there
 * @param exchange what it sends and keeps beside path and body
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
   * A row that is known to be there must be found.
   *
   * @param collection that it is of
   * @param key of the row that holds what is asked for
   * @param value of the call that asks for it
   */
  public record Finds(String collection, String key, String value) {}

  /** Every template of it in one text. */
  public String templates() {
    return path + body + String.join("", contains) + String.join("", exchange.headers().values());
  }

  /** Whether its calls need a value that an earlier one has saved. */
  public boolean usesSaved() {
    return exchange.usesSaved();
  }

  /** Whether each call makes a row of its own: it sends a number that the run uses once. */
  public boolean creates() {
    return body.contains("{serial}");
  }

  /** "knowledge / list": how reports name it. */
  public String fullName() {
    return service + " / " + name;
  }

  /**
   * An error under a status that says success: an object that begins with it, as web frameworks
   * write it. An operation that must have it in its answer may.
   *
   * @return the key that it begins with, such as {@code "detail"}; empty for a right answer
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

  /** The pieces by which the answer shows itself as a placeholder; none for any other answer. */
  public List<String> placeholderIn(String answer) {
    return forbids.stream().filter(answer::contains).toList();
  }

  /** Whether a colon and a value that says "none" follow. */
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
