package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.TestShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A check for properties without an effect on a test, because their user expects one. */
public final class IneffectiveProperties {
  private IneffectiveProperties() {}

  /**
   * Refuses properties without an effect.
   *
   * @throws ConfigException naming each property and why it has no effect
   */
  public static void check(Properties properties, KcpConfig config, TestShape test) {
    List<String> problems = new ArrayList<>();
    boolean closed = config.modelOf(test) == Model.CLOSED;
    boolean converted = test.model() == Model.CLOSED && !closed;
    for (String name : properties.stringPropertyNames().stream().sorted().toList()) {
      boolean ofAnother =
          name.startsWith("kcp.tests.") && !name.startsWith("kcp.tests." + test.name() + ".");
      if (ofAnother) {
        add(problems, name, test, "it is another test's");
      } else if (name.startsWith("kcp.backend.") && !config.environment().startsBackend()) {
        add(problems, name, test, "only kcp.env=embedded starts that backend");
      } else if (name.startsWith("kcp.think-time.") && test.model() == Model.OPEN) {
        add(problems, name, test, "it has no users that think");
      } else if (name.equals("kcp.expected-response-time") && !converted) {
        add(problems, name, test, "only a test in users that runs open uses it");
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private static void add(List<String> problems, String name, TestShape test, String why) {
    problems.add("%s (-D) has no effect on %s: %s; leave it out".formatted(name, test.name(), why));
  }
}
