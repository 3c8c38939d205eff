package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.files.ConfigFiles;
import com.soundcore.kcp.config.files.Environments;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Properties;

/**
 * The loader of the configuration from the class path. The order of precedence is {@code -Dkcp.…},
 * the environment file, then {@code kcp.conf} with its includes.
 */
public final class ConfigLoader {
  private static final String ENV = "kcp.env";

  private ConfigLoader() {}

  /**
   * Loads the configuration with this JVM's system properties.
   *
   * @throws ConfigException naming every problem
   */
  public static KcpConfig load() {
    return load(System.getProperties());
  }

  /** Loads the configuration with these properties; those without the prefix "kcp." are ignored. */
  public static KcpConfig load(Properties properties) {
    Problems problems = new Problems();
    try {
      Overrides overrides = new Overrides(properties, problems);
      Config files = resource(ConfigFiles.ROOT);
      String env = overrides.text(ENV).orElseGet(() -> env(files, problems));
      List<String> environments = Environments.names();
      if (!environments.contains(env)) {
        problems.addChoice("kcp.env", env, environments);
        problems.throwIfAny();
      }
      Config environment = environment(env);
      for (String repeated : ConfigFiles.repeatedKeys(env)) {
        problems.add(repeated + ": only the last one would count; delete the other");
      }
      return read(files, env, environment, overrides, problems);
    } catch (com.typesafe.config.ConfigException unreadable) {
      problems.add(unreadable.getMessage());
      problems.throwIfAny();
      throw unreadable;
    }
  }

  private static String env(Config files, Problems problems) {
    if (files.hasPath(ENV) && files.getValue(ENV).valueType() == ConfigValueType.STRING) {
      return files.getString(ENV);
    }
    problems.add(
        ENV + " in conf/kcp.conf must be one of " + String.join(", ", Environments.names()));
    problems.throwIfAny();
    return "";
  }

  /**
   * Loads the configuration with an environment that has no file yet.
   *
   * @param text the content of its future file
   * @throws ConfigException naming every problem
   */
  public static KcpConfig withEnvironment(String name, String text) {
    Problems problems = new Problems();
    try {
      Config environment = ConfigFactory.parseString(text);
      Overrides none = new Overrides(new Properties(), problems);
      return read(resource(ConfigFiles.ROOT), name, environment, none, problems);
    } catch (com.typesafe.config.ConfigException unreadable) {
      problems.add("environment " + name + ": " + unreadable.getMessage());
      problems.throwIfAny();
      throw unreadable;
    }
  }

  private static KcpConfig read(
      Config files, String env, Config environment, Overrides overrides, Problems problems) {
    Config merged = overrides.over(environment.withFallback(files)).resolve();

    ConfigObject root = merged.getObject("kcp");
    Section kcp = new Section(root, "kcp", problems);
    KcpConfig config = new RootReader(kcp, env).read();
    kcp.rejectUnknownKeys();
    problems.throwIfAny();
    new CrossChecks(config, problems).run();
    problems.throwIfAny();
    return config;
  }

  private static Config environment(String env) {
    return resource(Environments.file(env));
  }

  /**
   * Returns the files' configuration without any property.
   *
   * @param env the environment's name; null for the one in the files
   */
  static Config files(String env) {
    Config files = resource(ConfigFiles.ROOT);
    String name = env == null ? files.getString("kcp.env") : env;
    return Environments.names().contains(name)
        ? environment(name).withFallback(files).resolve()
        : files.resolve();
  }

  private static Config resource(String name) {
    return ConfigFactory.parseResources(
        ConfigLoader.class.getClassLoader(),
        name,
        ConfigParseOptions.defaults().setAllowMissing(false));
  }
}
