package com.soundcore.kcp.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was run, and how.
 *
 * @param simulation the test, such as "spike"
 * @param id the run's tag
 * @param environment where the load went
 * @param embedded whether that was the embedded backend
 * @param workload the mix
 * @param injection "closed" or "open"
 * @param seed of everything random
 * @param timeScale 1 for the test as written
 * @param loadScale 1 for the test as written
 * @param altered what of the test, its targets and its gates is not as the files have it
 * @param partial what of the test was left out, in words
 * @param withoutCostly operations that were left out since they cost money
 * @param faults planted into the embedded backend
 * @param injector this machine's number, from 0
 * @param injectors how many machines share the load
 * @param jdk the version
 * @param machine cores and operating system
 * @param repeat the command that repeats the run
 */
public record RunSetup(
    String simulation,
    String id,
    String environment,
    boolean embedded,
    String workload,
    String injection,
    long seed,
    double timeScale,
    double loadScale,
    List<String> altered,
    List<String> partial,
    List<String> withoutCostly,
    List<String> faults,
    int injector,
    int injectors,
    String jdk,
    String machine,
    String repeat) {

  /** What an earlier version of this suite did not write is empty. */
  public RunSetup {
    partial = partial == null ? List.of() : partial;
    withoutCostly = withoutCostly == null ? List.of() : withoutCostly;
  }

  /** What must be known of a verdict on this run, in sentences. */
  public List<String> caveats() {
    List<String> caveats = new ArrayList<>();
    if (embedded) {
      caveats.add("EMBEDDED: the backend that comes with the suite was measured");
    }
    if (!faults.isEmpty()) {
      caveats.add("FAULTS PLANTED: " + String.join("; ", faults));
    }
    if (timeScale != 1 || loadScale != 1) {
      caveats.add(
          "SCALED: time × "
              + timeScale
              + ", load × "
              + loadScale
              + "; says nothing of the unscaled test");
    }
    if (!altered.isEmpty()) {
      caveats.add("ALTERED: " + String.join(", ", altered) + "; not the test as written");
    }
    partial.forEach(what -> caveats.add("PARTIAL: " + what));
    if (!withoutCostly.isEmpty()) {
      caveats.add(
          "WITHOUT COSTLY CALLS: "
              + String.join(", ", withoutCostly)
              + " (kcp.include-costly=true makes them, too)");
    }
    return caveats;
  }

  RunSetup withAltered(List<String> alterations) {
    return with(joined(altered, alterations), partial);
  }

  RunSetup withPartial(List<String> leftOut) {
    return with(altered, joined(partial, leftOut));
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  private RunSetup with(List<String> altered, List<String> partial) {
    return new RunSetup(
        simulation,
        id,
        environment,
        embedded,
        workload,
        injection,
        seed,
        timeScale,
        loadScale,
        altered,
        partial,
        withoutCostly,
        faults,
        injector,
        injectors,
        jdk,
        machine,
        repeat);
  }
}
