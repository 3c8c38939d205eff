package com.soundcore.kcp.backend.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What answers which path. A path may have one parameter, a whole segment in braces; a path without
 * one takes precedence.
 */
final class Routes<T> {
  /** A route, and the value of its path's parameter; empty where it has none. */
  record Match<T>(T route, String parameter) {}

  private record Pattern<T>(String prefix, String suffix, T route) {
    /** Returns the parameter, or null where the path is another one. */
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

  /** Whether the path has a route by any method. */
  boolean knows(String path) {
    return exact.values().stream().anyMatch(byPath -> byPath.containsKey(path))
        || patterns.keySet().stream().anyMatch(method -> find(method, path).isPresent());
  }
}
