package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.ConfigException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Properties;

/** Gatling's data writers: without its log there is no verdict. */
public final class LogWriters {
  private static final String KEY = "gatling.data.writers";
  private static final String LOG = "file";

  private LogWriters() {}

  /**
   * Reads them as Gatling does: properties over its configuration file over its defaults.
   *
   * @throws ConfigException where the log is not among them
   */
  public static void check(Properties properties) {
    Config gatling =
        ConfigFactory.parseProperties(properties)
            .withFallback(
                ConfigFactory.parseResources(
                    properties.getProperty("gatling.conf.file", "gatling.conf")))
            .withFallback(ConfigFactory.parseResources("gatling-defaults.conf"))
            .resolve();
    List<String> writers = gatling.getStringList(KEY);
    if (!writers.contains(LOG)) {
      throw new ConfigException(
          List.of(
              "%s (-D or conf/gatling.conf) was %s; must have 'file' among its entries, since without a log there is no verdict, such as -D%s.0=file -D%s.1=console"
                  .formatted(KEY, writers, KEY, KEY)));
    }
  }
}
