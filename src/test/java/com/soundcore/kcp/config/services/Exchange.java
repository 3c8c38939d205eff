package com.soundcore.kcp.config.services;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The headers, media type and saved values of an operation.
 *
 * @param form whether the body is a form; otherwise JSON
 * @param headers templates of header values, by name
 * @param saves the parts of the response that later calls of the journey use as {saved.name}
 * @param usesSaved whether a template of the operation uses a saved value
 */
public record Exchange(
    boolean form, Map<String, String> headers, Map<String, AnswerPart> saves, boolean usesSaved) {
  /** JSON without further headers or saved values. */
  public static final Exchange PLAIN = new Exchange(false, Map.of(), Map.of(), false);

  /** Matches a saved value in a template; group 1 is its name. */
  public static final Pattern SAVED = Pattern.compile("\\{saved\\.([a-z]+)}");

  /** Returns the media type of the body. */
  public String mediaType() {
    return mediaType(form);
  }

  /** Returns the media type of a form or of JSON. */
  public static String mediaType(boolean form) {
    return form ? "application/x-www-form-urlencoded" : "application/json";
  }

  /** Fills the saved values into a template; a missing value becomes an empty text. */
  public static String filled(
      String template, Map<String, String> saved, java.util.function.UnaryOperator<String> form) {
    return template.contains("{saved.")
        ? SAVED
            .matcher(template)
            .replaceAll(
                name -> Matcher.quoteReplacement(form.apply(saved.getOrDefault(name.group(1), ""))))
        : template;
  }
}
