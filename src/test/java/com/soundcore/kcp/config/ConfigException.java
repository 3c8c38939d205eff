package com.soundcore.kcp.config;

import java.util.List;

/** Error for an invalid configuration. Its message addresses the user who must fix it. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public ConfigException(List<String> problems) {
    super(
        "The configuration has "
            + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
            + ":\n  - "
            + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns every problem, one sentence each. */
  public List<String> problems() {
    return problems;
  }
}
