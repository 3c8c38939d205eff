package com.soundcore.kcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What may stand in a path as the id of a row. An answer that names anything else, such as nothing
 * or {@code ../products/7}, would make the path that of other rows.
 */
public final class RowId {
  private static final Pattern ONE_ROW = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private RowId() {}

  /** Whether a text may be a row's id or tag. */
  public static boolean isPlain(String text) {
    return ONE_ROW.matcher(text).matches();
  }

  /**
   * Whether a row's own list of tags has this tag; a text or an object that contains it has not.
   */
  public static boolean isTagged(JsonNode tags, String tag) {
    return tags.isArray()
        && StreamSupport.stream(tags.spliterator(), false)
            .anyMatch(one -> one.isTextual() && one.textValue().equals(tag));
  }

  /** The id, where it names one row and nothing else. */
  public static Optional<String> of(JsonNode id) {
    boolean scalar = id.isTextual() || id.isIntegralNumber();
    return Optional.of(id.asText()).filter(text -> scalar && ONE_ROW.matcher(text).matches());
  }
}
