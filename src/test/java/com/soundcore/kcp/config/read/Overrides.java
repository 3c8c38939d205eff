package com.soundcore.kcp.config.read;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The {@code -Dkcp.…} properties, which override the files. Unlike with the config library alone,
 * they can override an entry of a list: {@code kcp.tests.spike.stages.2.over}.
 */
final class Overrides {
  private static final String ORIGIN = "-D";

  // These protect production; a hasty property must not disable them.
  private static final List<String> ONLY_IN_FILES =
      List.of(
          "kcp.environment.production",
          "kcp.environment.hosts",
          "kcp.environment.creates-rows",
          "kcp.production-users",
          "kcp.max-requests",
          "kcp.max-minutes");

  // Only files decide which rows are deleted.
  private static final Pattern DELETES =
      Pattern.compile(
          "kcp\\.sample-rows\\.(tag|find|remove)(\\..*)?|kcp\\.api\\.[^.]+\\.cleanup(\\..*)?"
              + "|kcp\\.cleanup-per-second");

  private final Map<String, String> values = new TreeMap<>();
  private final Problems problems;

  Overrides(Properties properties, Problems problems) {
    this.problems = problems;
    for (String name : properties.stringPropertyNames()) {
      if (DELETES.matcher(name).matches()) {
        problems.add(
            name + " (-D) can be set only in its file in conf/: it decides what is deleted");
      } else if (ONLY_IN_FILES.stream().anyMatch(name::startsWith)) {
        problems.add(
            name + " (-D) can be set only in its file in conf/: it protects the system under test");
      } else if (name.startsWith("kcp.")) {
        values.put(name, properties.getProperty(name));
      }
    }
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  Config over(Config files) {
    ConfigValue root = files.root();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      List<String> path = List.of(entry.getKey().split("\\."));
      root = with(root, path, entry.getValue(), entry.getKey());
    }
    return ((ConfigObject) root).toConfig();
  }

  private ConfigValue with(ConfigValue at, List<String> path, String value, String key) {
    if (path.isEmpty()) {
      return at instanceof ConfigList && value.startsWith("[") ? list(value, key) : value(value);
    }
    String step = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (at instanceof ConfigList list) {
      return withEntry(list, step, rest, value, key);
    }
    ConfigObject object =
        at instanceof ConfigObject existing ? existing : ConfigFactory.empty().root();
    return object.withValue(step, with(object.get(step), rest, value, key));
  }

  private static ConfigValue value(Object value) {
    return ConfigValueFactory.fromAnyRef(value, ORIGIN);
  }

  /** Parses a whole list in the files' syntax, such as [{ service = auth, kind = slow }, …]. */
  private ConfigValue list(String value, String key) {
    try {
      ConfigParseOptions origin = ConfigParseOptions.defaults().setOriginDescription(ORIGIN);
      return ConfigFactory.parseString("list = " + value, origin).getValue("list");
    } catch (com.typesafe.config.ConfigException unreadable) {
      problems.add("%s (-D) is no list: %s".formatted(key, unreadable.getMessage()));
      return value(List.of());
    }
  }

  private ConfigValue withEntry(
      ConfigList list, String step, List<String> rest, String value, String key) {
    int index = step.matches("\\d{1,6}") ? Integer.parseInt(step) : -1;
    if (index < 0 || index >= list.size()) {
      problems.add(
          "%s (-D): '%s' is no entry of that list; its entries are 0 to %d"
              .formatted(key, step, list.size() - 1));
      return list;
    }
    List<ConfigValue> entries = new ArrayList<>(list);
    entries.set(index, with(entries.get(index), rest, value, key));
    return ConfigValueFactory.fromIterable(entries);
  }
}
