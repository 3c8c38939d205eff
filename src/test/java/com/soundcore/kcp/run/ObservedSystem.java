package com.soundcore.kcp.run;

import java.util.List;
import java.util.Map;

/**
 * What was seen of the system before the load.
 *
 * @param build in the words of who started the run; may be empty
 * @param builds by service, as each says itself
 * @param rows of data, such as "knowledge items", without those of load tests
 * @param caveats what must be known of a verdict on it, in sentences
 * @param note of who started the run; may be empty
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

  /** Of which nothing is known, as before the preflight. */
  public static final ObservedSystem UNKNOWN =
      new ObservedSystem("", Map.of(), Map.of(), List.of(), "");
}
