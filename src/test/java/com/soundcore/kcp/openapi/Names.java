package com.soundcore.kcp.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A comparison of names that ignores how words are joined: page_size, pageSize, page-size. */
public final class Names {
  private Names() {}

  /** Returns whether two names differ only in case, '_' and '-'. */
  public static boolean same(String one, String other) {
    return plain(one).equals(plain(other));
  }

  /** Returns the identical name if it exists, otherwise the first that {@link #same} accepts. */
  public static Optional<String> in(Collection<String> names, String name) {
    return names.contains(name)
        ? Optional.of(name)
        : names.stream().filter(other -> same(name, other)).findFirst();
  }

  /** Returns an object's field under any spelling of its name, or a missing node. */
  public static JsonNode field(JsonNode object, String name) {
    if (object.has(name)) {
      return object.path(name);
    }
    return object.properties().stream()
        .filter(entry -> same(name, entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static String plain(String name) {
    return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }
}
