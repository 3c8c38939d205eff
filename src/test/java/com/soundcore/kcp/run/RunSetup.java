package com.soundcore.kcp.run;

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
 * @param system what was seen of the system under test
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
    ObservedSystem system) {

  /** What an earlier version of this suite did not write is empty. */
  public RunSetup {
    partial = partial == null ? List.of() : partial;
    withoutCostly = withoutCostly == null ? List.of() : withoutCostly;
    system = system == null ? ObservedSystem.UNKNOWN : system;
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
    return copy().altered(joined(altered, alterations)).build();
  }

  /** The same, of which this was left out, too. */
  public RunSetup withPartial(List<String> leftOut) {
    return copy().leftOut(joined(partial, leftOut), withoutCostly).build();
  }

  /** The same, of whose system this was seen. */
  public RunSetup withCaveats(List<String> sentences) {
    return copy().system(system.with(sentences)).build();
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  /** One with nothing known: fill in what is. */
  public static Builder builder() {
    return new Builder();
  }

  private Builder copy() {
    Builder copy = new Builder();
    copy.simulation = simulation;
    copy.id = id;
    copy.environment = environment;
    copy.embedded = embedded;
    copy.workload = workload;
    copy.injection = injection;
    copy.seed = seed;
    copy.timeScale = timeScale;
    copy.loadScale = loadScale;
    copy.altered = altered;
    copy.partial = partial;
    copy.withoutCostly = withoutCostly;
    copy.faults = faults;
    copy.injector = injector;
    copy.injectors = injectors;
    copy.jdk = jdk;
    copy.machine = machine;
    copy.repeat = repeat;
    copy.system = system;
    return copy;
  }

  /** Fills in a setup by the names of its parts; what is not given is unknown, empty, or 1. */
  public static final class Builder {
    private String simulation = "unknown";
    private String id = "unknown";
    private String environment = "unknown";
    private boolean embedded;
    private String workload = "unknown";
    private String injection = "unknown";
    private long seed;
    private double timeScale = 1;
    private double loadScale = 1;
    private List<String> altered = List.of();
    private List<String> partial = List.of();
    private List<String> withoutCostly = List.of();
    private List<String> faults = List.of();
    private int injector;
    private int injectors = 1;
    private String jdk = "unknown";
    private String machine = "unknown";
    private String repeat = "unknown";
    private ObservedSystem system = ObservedSystem.UNKNOWN;

    private Builder() {}

    /** What is run: the test, the tag of this run, the seed of everything random. */
    public Builder test(String simulation, String id, long seed) {
      this.simulation = simulation;
      this.id = id;
      this.seed = seed;
      return this;
    }

    /** Where the load goes, and whether that is the embedded backend. */
    public Builder against(String environment, boolean embedded) {
      this.environment = environment;
      this.embedded = embedded;
      return this;
    }

    /** The traffic mix, and "open" or "closed". */
    public Builder load(String workload, String injection) {
      this.workload = workload;
      this.injection = injection;
      return this;
    }

    /** By how much durations and loads are multiplied. */
    public Builder scaled(double timeScale, double loadScale) {
      this.timeScale = timeScale;
      this.loadScale = loadScale;
      return this;
    }

    /** What differs from the files. */
    public Builder altered(List<String> altered) {
      this.altered = altered;
      return this;
    }

    /** What of the test was left out, in words; and operations, since they cost money. */
    public Builder leftOut(List<String> partial, List<String> withoutCostly) {
      this.partial = partial;
      this.withoutCostly = withoutCostly;
      return this;
    }

    /** Faults planted into the embedded backend. */
    public Builder faults(List<String> faults) {
      this.faults = faults;
      return this;
    }

    /** This machine's number, from 0, and how many share the load. */
    public Builder injector(int injector, int injectors) {
      this.injector = injector;
      this.injectors = injectors;
      return this;
    }

    /** The version of the JDK, cores and operating system, and the command that repeats it. */
    public Builder on(String jdk, String machine, String repeat) {
      this.jdk = jdk;
      this.machine = machine;
      this.repeat = repeat;
      return this;
    }

    /** What was seen of the system before the load. */
    public Builder system(ObservedSystem system) {
      this.system = system;
      return this;
    }

    /** The setup. */
    public RunSetup build() {
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
          repeat,
          system);
    }
  }
}
