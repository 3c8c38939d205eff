package com.soundcore.kcp.config;

import java.util.List;
import java.util.Properties;

/** The properties of a command line that change what a verdict means. */
public final class Alterations {
  private static final List<String> MEANING =
      List.of(
          "kcp.tests.",
          "kcp.targets.",
          "kcp.gates.",
          "kcp.generator.",
          "kcp.api.",
          "kcp.journeys.",
          "kcp.workloads.",
          "kcp.feeders.",
          "kcp.think-time.",
          "kcp.rate-tolerance",
          "kcp.max-in-flight");

  private Alterations() {}

  /** "key=value" of each, by name. */
  public static List<String> in(Properties properties) {
    return properties.stringPropertyNames().stream()
        .filter(name -> MEANING.stream().anyMatch(name::startsWith))
        .sorted()
        .map(name -> name + "=" + properties.getProperty(name))
        .toList();
  }
}
