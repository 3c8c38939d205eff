package com.soundcore.kcp.result;

import java.util.List;

/**
 * The header of a log.
 *
 * @param simulation name of the class
 * @param startMs start of the run in ms since the epoch
 * @param scenarios names of the scenarios
 * @param description of the run
 * @param assertions in Gatling's binary encoding
 */
public record LogHeader(
    String simulation,
    long startMs,
    List<String> scenarios,
    String description,
    List<byte[]> assertions) {
  private static final String RUN = "run ";

  /** Creates a header without a description and assertions. */
  public LogHeader(String simulation, long startMs, List<String> scenarios) {
    this(simulation, startMs, scenarios, "", List.of());
  }

  /**
   * Returns the name of the scenario without users that marks a log as the run's. Names of
   * scenarios are the only part of the header that a simulation chooses when it starts.
   *
   * @param id the ID of the run
   */
  public static String mark(String id) {
    return RUN + id;
  }

  /** Returns the scenarios, with the same mark for every run. */
  List<String> unmarked() {
    return scenarios.stream().map(name -> name.startsWith(RUN) ? RUN : name).toList();
  }
}
