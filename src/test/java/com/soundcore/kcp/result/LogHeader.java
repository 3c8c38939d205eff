package com.soundcore.kcp.result;

import java.util.List;

/**
 * How a log begins.
 *
 * @param simulation the class
 * @param startMs when the run started, since the epoch
 * @param scenarios their names
 * @param description of the run
 * @param assertions as Gatling packs them
 */
public record LogHeader(
    String simulation,
    long startMs,
    List<String> scenarios,
    String description,
    List<byte[]> assertions) {

  /** One without a description and without assertions. */
  public LogHeader(String simulation, long startMs, List<String> scenarios) {
    this(simulation, startMs, scenarios, "", List.of());
  }
}
