package com.soundcore.kcp.config.read;

import com.soundcore.kcp.run.Secrets;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What a command line changes of a run: everything that differs from the files' own values, and is
 * not on a short list of what cannot change a verdict's meaning.
 */
public final class Caveats {
  // No report shows the value of such a key, such as that of a key store.
  private static final String BODY = "login.body";

  /** Where things are, how they are shown, and what has a caveat of its own. */
  private static final List<String> HARMLESS =
      List.of(
          "kcp.env",
          "kcp.environment.urls.",
          "kcp.results-folder",
          "kcp.baseline",
          "kcp.gatling-report",
          "kcp.cleanup",
          "kcp.confirm-production",
          "kcp.stop-with-parent",
          "kcp.start-at",
          "kcp.seed",
          "kcp.live.",
          "kcp.examples.",
          "kcp.tracing.url",
          "kcp.monitoring.",
          "kcp.preflight.",
          "kcp.comparison.",
          "kcp.injector.index",
          "kcp.injector.count",
          "kcp.injector.barrier",
          "kcp.injector.conductor",
          "kcp.backend.ready-within",
          "kcp.build",
          "kcp.note",
          "kcp.sample-rows.",
          "kcp.trend.",
          // PLACEHOLDER
          "kcp.placeholders",
          "kcp.backend.postgres.port",
          // SCALED, PARTIAL, WITHOUT COSTLY CALLS, FAULTS PLANTED
          "kcp.time-scale",
          "kcp.load-scale",
          "kcp.services",
          "kcp.workload",
          "kcp.include-costly",
          "kcp.backend.faults",
          "gatling.simulationClass",
          "gatling.data.writers",
          "gatling.data.file",
          "gatling.core.directory",
          "gatling.charting");

  private Caveats() {}

  /** Whether the value of a property must stand nowhere. */
  public static boolean isSecret(String property) {
    return Secrets.isNameOfOne(property) || property.contains(BODY);
  }

  /** "key=value" of each, by name. */
  public static List<String> in(Properties properties) {
    String env = properties.getProperty("kcp.env");
    Config suite = ConfigLoader.files(env);
    Config gatling = ConfigFactory.parseResources("gatling.conf").resolve();
    List<String> altered = new ArrayList<>();
    properties.stringPropertyNames().stream()
        .sorted()
        .filter(name -> name.startsWith("kcp.") || name.startsWith("gatling."))
        .filter(name -> HARMLESS.stream().noneMatch(entry -> covers(entry, name)))
        .forEach(
            name -> {
              Config files = name.startsWith("kcp.") ? suite : gatling;
              String value = properties.getProperty(name);
              if (!same(value, at(files.root(), List.of(name.split("\\."))))) {
                altered.add(name + "=" + (isSecret(name) ? "(secret)" : value));
              }
            });
    return List.copyOf(altered);
  }

  /** An entry stands for itself and for what lies below it, and for no other word. */
  private static boolean covers(String entry, String name) {
    return name.equals(entry) || name.startsWith(entry.endsWith(".") ? entry : entry + ".");
  }

  /** Returns a value of the files, or null. */
  private static ConfigValue at(ConfigValue value, List<String> path) {
    if (path.isEmpty() || value == null) {
      return value;
    }
    List<String> rest = path.subList(1, path.size());
    if (value instanceof ConfigObject object) {
      return at(object.get(path.get(0)), rest);
    }
    boolean entry = value instanceof ConfigList && path.get(0).matches("\\d{1,6}");
    int index = entry ? Integer.parseInt(path.get(0)) : -1;
    return entry && index < ((ConfigList) value).size()
        ? at(((ConfigList) value).get(index), rest)
        : null;
  }

  private static boolean same(String text, ConfigValue value) {
    if (value == null) {
      return false;
    }
    String unwrapped = String.valueOf(value.unwrapped());
    if (value.valueType() == ConfigValueType.NUMBER) {
      try {
        return Double.parseDouble(text) == Double.parseDouble(unwrapped);
      } catch (NumberFormatException notANumber) {
        return false;
      }
    }
    return text.equals(unwrapped);
  }
}
