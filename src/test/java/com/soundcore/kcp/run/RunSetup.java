package com.soundcore.kcp.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The configuration of a run.
 *
 * @param simulation the test, such as "spike"
 * @param id the run's tag
 * @param environment the target of the load
 * @param embedded whether the target is the embedded backend
 * @param workload the mix
 * @param injection "closed" or "open"
 * @param seed of all random values
 * @param timeScale 1 for the test as written
 * @param loadScale 1 for the test as written
 * @param altered settings of the test, its targets and its gates that differ from the files
 * @param partial omitted parts of the test, in words
 * @param withoutCostly operations that were omitted because they cost money
 * @param faults planted into the embedded backend
 * @param injector this machine's number, from 0
 * @param injectors number of machines that share the load
 * @param jdk the version
 * @param machine cores and operating system
 * @param repeat the command that repeats the run
 * @param system the system under test as observed
 * @param files that configured the run, with a digest of each; empty if unknown
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
    String repeat,
    ObservedSystem system,
    Map<String, String> files) {

  /** Replaces values that an earlier version of this suite did not write by empty ones. */
  public RunSetup {
    partial = partial == null ? List.of() : partial;
    withoutCostly = withoutCostly == null ? List.of() : withoutCostly;
    system = system == null ? ObservedSystem.UNKNOWN : system;
    files = files == null ? Map.of() : files;
  }

  /** Returns the caveats of a verdict on this run, in sentences. */
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
          "SCALED: time × %s, load × %s; says nothing of the unscaled test"
              .formatted(timeScale, loadScale));
    }
    if (!altered.isEmpty()) {
      caveats.add("ALTERED: " + String.join(", ", altered) + "; not the test as written");
    }
    partial.forEach(what -> caveats.add("PARTIAL: " + what));
    if (!withoutCostly.isEmpty()) {
      caveats.add(
          "WITHOUT COSTLY CALLS: "
              + String.join(", ", withoutCostly)
              + " (kcp.include-costly=true includes them)");
    }
    caveats.addAll(system.caveats());
    return caveats;
  }

  RunSetup withAltered(List<String> alterations) {
    return RunSetupBuilder.of(this).altered(joined(altered, alterations)).build();
  }

  /** Returns a copy with these additional omissions. */
  public RunSetup withPartial(List<String> leftOut) {
    return RunSetupBuilder.of(this).leftOut(joined(partial, leftOut), withoutCostly).build();
  }

  /** Returns a copy with these caveats about the system. */
  public RunSetup withCaveats(List<String> sentences) {
    return RunSetupBuilder.of(this).system(system.with(sentences)).build();
  }

  /**
   * Returns the command that repeats the run at another load.
   *
   * @param factor times the load of this run, above 0; rounded down to two digits, since the typed
   *     rate must hold
   */
  public String repeatAtLoad(double factor) {
    String scale =
        BigDecimal.valueOf(loadScale * factor)
            .round(new MathContext(2, RoundingMode.DOWN))
            .stripTrailingZeros()
            .toPlainString();
    return repeat.replaceAll(" -Dkcp\\.load-scale=\\S+", "") + " -Dkcp.load-scale=" + scale;
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  /** Returns a builder in which every value is unknown. */
  public static RunSetupBuilder builder() {
    return new RunSetupBuilder();
  }

  /**
   * Returns the names of configuration files that differ between two runs; none if either run does
   * not record its files.
   */
  public static List<String> unlike(Map<String, String> some, Map<String, String> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return List.of();
    }
    Set<String> names = new TreeSet<>(some.keySet());
    names.addAll(others.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(some.get(name), others.get(name)))
        .toList();
  }
}
