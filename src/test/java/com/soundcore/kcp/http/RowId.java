package com.soundcore.kcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may stand in a path as the id of a row. An answer that names anything else, such as nothing
 * or {@code ../products/7}, would make the path that of other rows.
 */
public final class RowId {
  private static final Pattern ONE_ROW = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private RowId() {}

  /** The id, where it names one row and nothing else. */
  public static Optional<String> of(JsonNode id) {
    boolean scalar = id.isTextual() || id.isIntegralNumber();
    return Optional.of(id.asText()).filter(text -> scalar && ONE_ROW.matcher(text).matches());
  }
}
