package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.ConfigException;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** A collector of errors, so that all are reported together. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /**
   * Adds a message such as "kcp.workload was 'reed-heavy'; must be one of mixed, read-heavy (did
   * you mean read-heavy?)".
   */
  void addChoice(String where, String value, Collection<String> allowed) {
    String rule =
        allowed.isEmpty()
            ? "there is nothing that it could name"
            : "must be one of " + String.join(", ", allowed) + suggestion(value, allowed);
    add("%s was '%s'; %s".formatted(where, value, rule));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }

  static String suggestion(String value, Collection<String> allowed) {
    return nearest(value, allowed).map(name -> " (did you mean " + name + "?)").orElse("");
  }

  private static Optional<String> nearest(String value, Collection<String> allowed) {
    int farthest = Math.max(2, value.length() / 3);
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return allowed.stream()
        .min(Comparator.comparingInt(name -> distance.apply(value, name)))
        .filter(name -> distance.apply(value, name) <= farthest);
  }

  /** Returns the file and line of a value, such as " (tests.conf:12)". */
  static String origin(ConfigValue value) {
    String resource = value.origin().resource() != null ? value.origin().resource() : "";
    String file = resource.isEmpty() ? value.origin().description() : resource;
    int line = value.origin().lineNumber();
    return " (" + file + (line > 0 && !resource.isEmpty() ? ":" + line : "") + ")";
  }
}
