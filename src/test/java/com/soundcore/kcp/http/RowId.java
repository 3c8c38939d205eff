package com.soundcore.kcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A check of row ids before they become part of a path. An empty id, or one such as {@code
 * ../products/7}, would address other rows.
 */
public final class RowId {
  private static final Pattern ONE_ROW = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  // RFC 3986, section 3.3, without escapes.
  private static final Pattern SEGMENT =
      Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~!$&'()*+,;=:@-]{1,200}");

  private RowId() {}

  /** Returns whether a text is a valid id or tag: 1 to 64 letters, digits, '_' or '-'. */
  public static boolean isPlain(String text) {
    return ONE_ROW.matcher(text).matches();
  }

  /**
   * Returns whether a list of tags contains this tag as an element. A text or an object that
   * contains it does not count.
   */
  public static boolean isTagged(JsonNode tags, String tag) {
    return tags.isArray()
        && StreamSupport.stream(tags.spliterator(), false)
            .anyMatch(one -> one.isTextual() && one.textValue().equals(tag));
  }

  /**
   * Returns the id as text; empty if it is neither text nor an integer, or not valid. Rows are
   * removed only by such an id.
   */
  public static Optional<String> of(JsonNode id) {
    return matching(ONE_ROW, id);
  }

  /**
   * Returns the id of a row that is only read, as text; empty if it is neither text nor an integer,
   * or not a single segment of a path. Dots and colons are allowed, as in {@code v1.2:de}.
   */
  public static Optional<String> toRead(JsonNode id) {
    return matching(SEGMENT, id);
  }

  private static Optional<String> matching(Pattern pattern, JsonNode id) {
    boolean scalar = id.isTextual() || id.isIntegralNumber();
    return Optional.of(id.asText()).filter(text -> scalar && pattern.matcher(text).matches());
  }
}
