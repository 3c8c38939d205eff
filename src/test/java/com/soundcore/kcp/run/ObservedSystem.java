package com.soundcore.kcp.run;

import java.util.List;
import java.util.Map;

/**
 * The system under test as observed before the load.
 *
 * @param build as named by the user who started the run; may be empty
 * @param builds by service, as reported by each
 * @param rows of data, such as "knowledge items", without those of load tests
 * @param caveats that a verdict on this system carries, in sentences
 * @param note by the user who started the run; may be empty
 */
public record ObservedSystem(
    String build,
    Map<String, String> builds,
    Map<String, Long> rows,
    List<String> caveats,
    String note) {
  ObservedSystem with(List<String> sentences) {
    return new ObservedSystem(build, builds, rows, sentences, note);
  }

  /** A system about which nothing is known, as before the preflight. */
  public static final ObservedSystem UNKNOWN =
      new ObservedSystem("", Map.of(), Map.of(), List.of(), "");
}
