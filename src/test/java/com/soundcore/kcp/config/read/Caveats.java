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
 * The overrides that can change the meaning of a verdict: every property that differs from the
 * files, except those on a short list of harmless ones.
 */
public final class Caveats {
  // The body of a sign-in may contain a secret.
  private static final String BODY = "login.body";

  /** Properties of places and output, and those with a separate caveat. */
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
          // The caveat PLACEHOLDER covers this one.
          "kcp.placeholders",
          "kcp.backend.postgres.port",
          // The caveats SCALED, PARTIAL, WITHOUT COSTLY CALLS and FAULTS PLANTED cover these.
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

  /** Returns whether the value of a property must never be shown. */
  public static boolean isSecret(String property) {
    return Secrets.isNameOfOne(property) || property.contains(BODY);
  }

  /** Returns each override as "key=value", sorted by name; values of secrets are masked. */
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

  /** An entry covers its own key and all keys below it, but not other keys with the same prefix. */
  private static boolean covers(String entry, String name) {
    return name.equals(entry) || name.startsWith(entry.endsWith(".") ? entry : entry + ".");
  }

  /** Returns a value from the files, or null. */
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
