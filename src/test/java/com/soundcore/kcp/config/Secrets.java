package com.soundcore.kcp.config;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What looks like a secret, by the words in its name. */
public final class Secrets {
  /** Parts of the names of secrets, as a regular expression for any case. */
  public static final String WORDS =
      "passw|secret|token|credential|authorization|cookie|api.?key|session.?id";

  private static final Pattern NAME = Pattern.compile("(?i)" + WORDS);

  private Secrets() {}

  /** Whether the value of this name must stand nowhere. */
  public static boolean isNameOfOne(String name) {
    return NAME.matcher(name).find();
  }

  /** Values of this process's environment that must stand nowhere. */
  public static Set<String> ofEnvironment() {
    return System.getenv().entrySet().stream()
        .filter(variable -> variable.getKey().startsWith("KCP_"))
        .filter(variable -> isNameOfOne(variable.getKey()) && !variable.getValue().isBlank())
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }
}
