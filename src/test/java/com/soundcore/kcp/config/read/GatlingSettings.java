package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.ConfigException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** The settings of Gatling's own configuration that the suite depends on. */
public final class GatlingSettings {
  private static final String WRITERS = "gatling.data.writers";
  private static final String TIMEOUT = "gatling.http.requestTimeout";
  private static final String LOG = "file";

  private GatlingSettings() {}

  /** Gatling's precedence: properties, then its configuration file, then its defaults. */
  private static Config read(Properties properties) {
    return ConfigFactory.parseProperties(properties)
        .withFallback(
            ConfigFactory.parseResources(
                properties.getProperty("gatling.conf.file", "gatling.conf")))
        .withFallback(ConfigFactory.parseResources("gatling-defaults.conf"))
        .resolve();
  }

  /** Returns the timeout of a call. */
  public static Duration requestTimeout(Properties properties) {
    return Duration.ofMillis(read(properties).getLong(TIMEOUT));
  }

  /**
   * Checks that Gatling keeps its log.
   *
   * @throws ConfigException if the data writers do not include the log, without which there is no
   *     verdict
   */
  public static void mustKeepLog(Properties properties) {
    List<String> writers = read(properties).getStringList(WRITERS);
    if (!writers.contains(LOG)) {
      throw new ConfigException(
          List.of(
              "%s (-D or conf/gatling.conf) was %s; must have 'file' among its entries, since without a log there is no verdict, such as -D%s.0=file -D%s.1=console"
                  .formatted(WRITERS, writers, WRITERS, WRITERS)));
    }
  }
}
