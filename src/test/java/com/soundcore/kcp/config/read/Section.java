package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.Units;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One object of the configuration, read key by key. A missing or invalid key is recorded as a
 * problem, and reading continues with a substitute value. A key that no reader has requested is
 * also a problem. {@link Problems#throwIfAny} ensures that no substitute leaves this package.
 */
final class Section {
  private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);

  private final ConfigObject object;
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
  private static final Set<String> SET_BY_THE_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final String path;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Section> children = new ArrayList<>();

  Section(ConfigObject object, String path, Problems problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  String path() {
    return path;
  }

  boolean has(String key) {
    known.add(key);
    return object.containsKey(key);
  }

  /** Returns all keys, sorted. */
  List<String> keys() {
    return object.keySet().stream().sorted().toList();
  }

  String text(String key) {
    return read(key, "", "a text", value -> value);
  }

  /** Reads a header's value. The problem omits the value, because it may be a secret. */
  String headerValue(String key) {
    String value = text(key);
    if (!HEADER_VALUE.matcher(value).matches()) {
      problem(key, "must be the value of a header: printable Latin-1 characters");
    }
    return value;
  }

  /** Checks the name of a header that requests carry. */
  void headerName(String key, String name) {
    if (!HEADER_NAME.matcher(name).matches()
        || SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
      problem(key, "must be the name of a header that the client does not set itself");
    }
  }

  /** Reads a path within a service. Text before the first '/' could turn it into another host. */
  String path(String key) {
    String rule = "a path that begins with /";
    return checked(key, "/", rule, text -> text, text -> text.startsWith("/"));
  }

  boolean flag(String key) {
    return read(key, false, "true or false", FLAGS::get);
  }

  long wholeNumber(String key, long min, long max) {
    String rule = "a whole number from %,d to %,d".formatted(min, max);
    return checked(key, min, rule, Long::valueOf, number -> number >= min && number <= max);
  }

  double number(String key, double above, double max) {
    String rule = "a number above %s and up to %s".formatted(Units.plain(above), Units.plain(max));
    return checked(key, max, rule, Double::valueOf, number -> number > above && number <= max);
  }

  Duration duration(String key, Duration min, Duration max) {
    String rule =
        "a duration with a unit, such as 500ms, 10s or 5m, from %s to %s"
            .formatted(Units.text(min), Units.text(max));
    return checked(
        key, max, rule, Units::duration, d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0);
  }

  /** Reads a percentage and returns it as a fraction from 0 to 1. */
  double share(String key) {
    return share(key, 0, 1);
  }

  double share(String key, double min, double max) {
    String rule =
        "a percentage from %s%% to %s%%, such as 0.1%%"
            .formatted(Units.plain(min * 100), Units.plain(max * 100));
    return checked(key, min, rule, Units::share, share -> share >= min && share <= max);
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    List<String> allowed = Arrays.stream(type.getEnumConstants()).map(Section::nameOf).toList();
    return type.getEnumConstants()[allowed.indexOf(choice(key, allowed))];
  }

  String choice(String key, Collection<String> allowed) {
    String stand = allowed.iterator().next();
    String value = read(key, stand, "one of " + String.join(", ", allowed), text -> text);
    if (!allowed.contains(value)) {
      problems.addChoice(where(key), value, allowed);
      return stand;
    }
    return value;
  }

  /** Reads a list of texts; on the command line, commas separate them. */
  List<String> texts(String key) {
    ConfigValue value = value(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof ConfigList list) {
      return list.stream().map(entry -> String.valueOf(entry.unwrapped())).toList();
    }
    return Arrays.stream(String.valueOf(value.unwrapped()).split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  Section section(String key) {
    return child(value(key), path + "." + key);
  }

  List<Section> sections(String key) {
    if (value(key) instanceof ConfigList list) {
      return IntStream.range(0, list.size())
          .mapToObj(i -> child(list.get(i), path + "." + key + "[" + i + "]"))
          .toList();
    }
    problems.add(where(key) + " must be a list, such as [ { … }, { … } ]");
    return List.of();
  }

  /** Returns all keys that have not been read, each as a section. */
  Map<String, Section> others() {
    Map<String, Section> sections = new LinkedHashMap<>();
    keys().stream()
        .filter(key -> !known.contains(key))
        .toList()
        .forEach(key -> sections.put(key, section(key)));
    return sections;
  }

  /** Reports the whole section as invalid, and suppresses further problems with its keys. */
  void problem(String rule) {
    known.addAll(object.keySet());
    problems.add(path + " " + rule);
  }

  void problem(String key, String rule) {
    problems.add(where(key) + " " + rule);
  }

  void unknownName(String key, String value, Collection<String> allowed) {
    problems.addChoice(where(key), value, allowed);
  }

  /**
   * Reports keys that no reader has requested. Call it once on the root section, after all reading.
   */
  void rejectUnknownKeys() {
    for (String key : keys()) {
      if (!known.contains(key)) {
        problems.add(
            "%s is not a key of this suite; %s has: %s%s"
                .formatted(
                    where(key),
                    path,
                    known.stream().sorted().collect(Collectors.joining(", ")),
                    Problems.suggestion(key, known)));
      }
    }
    children.forEach(Section::rejectUnknownKeys);
  }

  private Section child(ConfigValue value, String childPath) {
    ConfigObject childObject;
    if (value instanceof ConfigObject inner) {
      childObject = inner;
    } else {
      if (value != null) {
        problems.add(
            childPath
                + Problems.origin(value)
                + " was '"
                + value.unwrapped()
                + "'; must be a section { … }");
      }
      childObject = ConfigValueFactory.fromMap(Map.of());
    }
    Section section = new Section(childObject, childPath, problems);
    children.add(section);
    return section;
  }

  private ConfigValue value(String key) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (value == null) {
      problems.add(path + "." + key + " is missing");
    }
    return value;
  }

  private <T> T read(String key, T stand, String rule, Function<String, T> parse) {
    return checked(key, stand, rule, parse, value -> true);
  }

  private <T> T checked(
      String key, T stand, String rule, Function<String, T> parse, Predicate<T> allowed) {
    ConfigValue value = value(key);
    if (value == null) {
      return stand;
    }
    T parsed = null;
    boolean scalar =
        value.valueType() != ConfigValueType.OBJECT && value.valueType() != ConfigValueType.LIST;
    if (scalar) {
      try {
        parsed = parse.apply(String.valueOf(value.unwrapped()).strip());
      } catch (NumberFormatException notANumber) {
        parsed = null;
      }
    }
    if (parsed == null || !allowed.test(parsed)) {
      problems.add("%s was '%s'; must be %s".formatted(where(key), value.unwrapped(), rule));
      return stand;
    }
    return parsed;
  }

  private String where(String key) {
    ConfigValue value = object.get(key);
    return path + "." + key + (value == null ? "" : Problems.origin(value));
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
