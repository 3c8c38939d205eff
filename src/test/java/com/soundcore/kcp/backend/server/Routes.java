package com.soundcore.kcp.backend.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Map of paths to routes. A path may have one parameter, a whole segment in braces. A path without
 * a parameter takes precedence.
 */
final class Routes<T> {
  /** A route with the value of the path's parameter; empty if it has none. */
  record Match<T>(T route, String parameter) {}

  private record Pattern<T>(String prefix, String suffix, T route) {
    /** Returns the parameter, or null if the path does not match. */
    String parameterOf(String path) {
      int end = path.length() - suffix.length();
      boolean fits = end > prefix.length() && path.startsWith(prefix) && path.endsWith(suffix);
      boolean one = fits && path.lastIndexOf('/', end - 1) == prefix.length() - 1;
      return one ? path.substring(prefix.length(), end) : null;
    }
  }

  private final Map<String, Map<String, Match<T>>> exact = new HashMap<>();
  private final Map<String, List<Pattern<T>>> patterns = new HashMap<>();

  void add(String method, String path, T route) {
    int open = path.indexOf('{');
    if (open < 0) {
      exact.computeIfAbsent(method, key -> new HashMap<>()).put(path, new Match<>(route, ""));
    } else {
      String suffix = path.substring(path.indexOf('}') + 1);
      patterns
          .computeIfAbsent(method, key -> new ArrayList<>())
          .add(new Pattern<>(path.substring(0, open), suffix, route));
    }
  }

  Optional<Match<T>> find(String method, String path) {
    Match<T> found = exact.getOrDefault(method, Map.of()).get(path);
    if (found != null) {
      return Optional.of(found);
    }
    for (Pattern<T> pattern : patterns.getOrDefault(method, List.of())) {
      String parameter = pattern.parameterOf(path);
      if (parameter != null) {
        return Optional.of(new Match<>(pattern.route(), parameter));
      }
    }
    return Optional.empty();
  }

  /** Returns whether the path has a route for any method. */
  boolean knows(String path) {
    return exact.values().stream().anyMatch(byPath -> byPath.containsKey(path))
        || patterns.keySet().stream().anyMatch(method -> find(method, path).isPresent());
  }
}
