package com.soundcore.kcp.config;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Gatling's data writers: without its log there is no verdict. */
public final class LogWriters {
  private static final String KEY = "gatling.data.writers";
  private static final String LOG = "file";

  private LogWriters() {}

  /**
   * Looks at the properties alone: {@code conf/gatling.conf} has the log, and properties for some
   * entries of a list replace the whole list.
   *
   * @throws ConfigException where they leave the log out
   */
  public static void check(Properties properties) {
    Map<String, String> named =
        properties.stringPropertyNames().stream()
            .filter(key -> key.equals(KEY) || key.startsWith(KEY + "."))
            .sorted()
            .collect(Collectors.toMap(key -> key, properties::getProperty, (a, b) -> a));
    if (!named.isEmpty() && !named.containsValue(LOG)) {
      throw new ConfigException(
          List.of(
              "%s (-D) was '%s'; must have 'file' among its entries, since without a log there is no verdict, such as -D%s.0=file -D%s.1=console"
                  .formatted(KEY, String.join(", ", named.values()), KEY, KEY)));
    }
  }
}
