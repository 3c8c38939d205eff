package com.soundcore.kcp.onboarding;

import com.soundcore.kcp.openapi.ApiDocument;
import com.soundcore.kcp.openapi.ApiDocument.Parameter;
import com.soundcore.kcp.openapi.ApiDocument.Route;
import com.soundcore.kcp.openapi.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A search for the route of a call: the identical one, otherwise the only similar one. */
final class RouteFinder {
  /** Groups of query parameters with the same meaning. */
  static final List<List<String>> SYNONYMS =
      List.of(
          List.of("page", "page_number", "page_no", "page_index", "p"),
          List.of("offset", "skip", "start"),
          List.of("page_size", "per_page", "limit", "size", "take", "count"),
          List.of("query", "q", "term", "search", "text"));

  // Reached by equal path words alone, or by a Jaccard index of 1/3 with a full match of query and
  // body.
  private static final double ENOUGH = 0.6;
  private static final double AHEAD = 0.05;
  private static final double PATH = 0.6;

  private final ApiDocument document;

  RouteFinder(ApiDocument document) {
    this.document = document;
  }

  /**
   * Finds the route of a call; empty if none, or more than one, is similar enough.
   *
   * @param path the path template with its query
   * @param fields the names of its body's fields
   */
  Optional<Route> find(String method, String path, Set<String> fields) {
    String plain = path.replaceAll("\\?.*", "");
    Optional<Route> same = document.route(method, plain);
    if (same.isPresent()) {
      return same;
    }
    List<Route> candidates =
        document.routes().stream()
            .filter(route -> route.method().equals(method))
            .filter(route -> shape(route.path()).equals(shape(plain)))
            .sorted(Comparator.comparingDouble(route -> -score(route, path, fields)))
            .toList();
    if (candidates.isEmpty() || score(candidates.get(0), path, fields) < ENOUGH) {
      return Optional.empty();
    }
    boolean alone =
        candidates.size() == 1
            || score(candidates.get(0), path, fields) - score(candidates.get(1), path, fields)
                >= AHEAD;
    return alone ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** Describes the number of path parameters, and whether the path ends with one. */
  private static String shape(String path) {
    String plain = path.replaceAll("/$", "");
    return plain.chars().filter(c -> c == '{').count() + (plain.endsWith("}") ? "}" : "");
  }

  private double score(Route route, String path, Set<String> fields) {
    return PATH * alike(words(path.replaceAll("\\?.*", "")), words(route.path()))
        + (1 - PATH) * (parameters(route, path) + body(route, fields)) / 2;
  }

  private double parameters(Route route, String path) {
    List<String> theirs = document.query(route).stream().map(Parameter::name).toList();
    List<String> ours = queryNames(path);
    if (ours.isEmpty()) {
      return document.query(route).stream().anyMatch(Parameter::required) ? 0 : 1;
    }
    long found = ours.stream().filter(name -> counterpart(name, theirs).isPresent()).count();
    return (double) found / ours.size();
  }

  private double body(Route route, Set<String> fields) {
    Set<String> theirs = document.names(document.body(route));
    if (fields.isEmpty() || theirs.isEmpty()) {
      return fields.isEmpty() == route.mediaType().isEmpty() ? 1 : 0;
    }
    return (double) fields.stream().filter(name -> Names.in(theirs, name).isPresent()).count()
        / fields.size();
  }

  static List<String> queryNames(String path) {
    List<String> names = new ArrayList<>();
    if (path.contains("?")) {
      for (String part : path.replaceAll(".*\\?", "").split("&")) {
        names.add(part.replaceAll("=.*", ""));
      }
    }
    return names;
  }

  /** Returns the parameter with the same meaning: the same name in any spelling, or a synonym. */
  static Optional<String> counterpart(String name, List<String> theirs) {
    Optional<String> same = Names.in(theirs, name);
    if (same.isPresent()) {
      return same;
    }
    return SYNONYMS.stream()
        .filter(group -> Names.in(group, name).isPresent())
        .flatMap(group -> theirs.stream().filter(other -> Names.in(group, other).isPresent()))
        .findFirst()
        .or(() -> pageByOffset(name, theirs));
  }

  private static Optional<String> pageByOffset(String name, List<String> theirs) {
    return Names.in(SYNONYMS.get(0), name).isPresent()
        ? theirs.stream().filter(RouteFinder::isOffset).findFirst()
        : Optional.empty();
  }

  static boolean isOffset(String name) {
    return Names.in(SYNONYMS.get(1), name).isPresent();
  }

  private static Set<String> words(String path) {
    Set<String> words = new TreeSet<>();
    for (String part : path.split("[/._-]")) {
      boolean says = !part.isEmpty() && !part.startsWith("{") && !part.matches("api|v\\d+");
      if (says) {
        words.add(part.toLowerCase(java.util.Locale.ROOT).replaceAll("(?<=..)s$", ""));
      }
    }
    return words;
  }

  private static double alike(Set<String> some, Set<String> others) {
    Set<String> both = new HashSet<>(some);
    both.retainAll(others);
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all.isEmpty() ? 1 : (double) both.size() / all.size();
  }
}
