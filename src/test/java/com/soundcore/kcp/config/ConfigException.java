package com.soundcore.kcp.config;

import java.util.List;

/** The configuration is wrong. The message is written for the person who has to put it right. */
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

  /** Every problem that was found, one sentence each. */
  public List<String> problems() {
    return problems;
  }
}
