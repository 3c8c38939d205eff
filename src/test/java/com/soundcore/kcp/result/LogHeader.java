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

  /** Creates a header without a description and assertions. */
  public LogHeader(String simulation, long startMs, List<String> scenarios) {
    this(simulation, startMs, scenarios, "", List.of());
  }
}
