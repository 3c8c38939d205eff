package com.soundcore.kcp.config.services;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an operation sends and keeps beside path and body.
 *
 * @param form whether the body is a form, else JSON
 * @param headers templates by name
 * @param saves parts of the answer that later calls of the journey use as {saved.name}
 * @param usesSaved whether one of its templates has such a name
 */
public record Exchange(
    boolean form, Map<String, String> headers, Map<String, AnswerPart> saves, boolean usesSaved) {
  /** JSON, no headers of its own, and nothing kept. */
  public static final Exchange PLAIN = new Exchange(false, Map.of(), Map.of(), false);

  /** A saved value in a template; its name is the first group. */
  public static final Pattern SAVED = Pattern.compile("\\{saved\\.([a-z]+)}");

  /** The media type of the body. */
  public String mediaType() {
    return mediaType(form);
  }

  /** The media type of a form, or of JSON. */
  public static String mediaType(boolean form) {
    return form ? "application/x-www-form-urlencoded" : "application/json";
  }

  /** A text with the saved values in it; nothing stands for one that is missing. */
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
