package com.soundcore.kcp.run;

import java.util.List;
import java.util.Map;

/** Builder of a setup with named parts. Values that are not given are unknown, empty, or 1. */
public final class RunSetupBuilder {
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
  private Map<String, String> files = Map.of();

  RunSetupBuilder() {}

  /** Returns a builder with the values of another setup. */
  static RunSetupBuilder of(RunSetup setup) {
    RunSetupBuilder copy = new RunSetupBuilder();
    copy.simulation = setup.simulation();
    copy.id = setup.id();
    copy.environment = setup.environment();
    copy.embedded = setup.embedded();
    copy.workload = setup.workload();
    copy.injection = setup.injection();
    copy.seed = setup.seed();
    copy.timeScale = setup.timeScale();
    copy.loadScale = setup.loadScale();
    copy.altered = setup.altered();
    copy.partial = setup.partial();
    copy.withoutCostly = setup.withoutCostly();
    copy.faults = setup.faults();
    copy.injector = setup.injector();
    copy.injectors = setup.injectors();
    copy.jdk = setup.jdk();
    copy.machine = setup.machine();
    copy.repeat = setup.repeat();
    copy.system = setup.system();
    copy.files = setup.files();
    return copy;
  }

  /** Sets the test, the tag of this run, and the seed of all random values. */
  public RunSetupBuilder test(String simulation, String id, long seed) {
    this.simulation = simulation;
    this.id = id;
    this.seed = seed;
    return this;
  }

  /** Sets the target of the load, and whether it is the embedded backend. */
  public RunSetupBuilder against(String environment, boolean embedded) {
    this.environment = environment;
    this.embedded = embedded;
    return this;
  }

  /** Sets the traffic mix, and "open" or "closed". */
  public RunSetupBuilder load(String workload, String injection) {
    this.workload = workload;
    this.injection = injection;
    return this;
  }

  /** Sets the factors for durations and loads. */
  public RunSetupBuilder scaled(double timeScale, double loadScale) {
    this.timeScale = timeScale;
    this.loadScale = loadScale;
    return this;
  }

  /** Sets the settings that differ from the files. */
  public RunSetupBuilder altered(List<String> altered) {
    this.altered = altered;
    return this;
  }

  /**
   * Sets the omitted parts of the test, in words, and the operations omitted because they cost
   * money.
   */
  public RunSetupBuilder leftOut(List<String> partial, List<String> withoutCostly) {
    this.partial = partial;
    this.withoutCostly = withoutCostly;
    return this;
  }

  /** Sets the faults planted into the embedded backend. */
  public RunSetupBuilder faults(List<String> faults) {
    this.faults = faults;
    return this;
  }

  /** Sets this machine's number, from 0, and the number of machines that share the load. */
  public RunSetupBuilder injector(int injector, int injectors) {
    this.injector = injector;
    this.injectors = injectors;
    return this;
  }

  /**
   * Sets the version of the JDK, cores and operating system, and the command that repeats the run.
   */
  public RunSetupBuilder on(String jdk, String machine, String repeat) {
    this.jdk = jdk;
    this.machine = machine;
    this.repeat = repeat;
    return this;
  }

  /** Sets the system as observed before the load. */
  public RunSetupBuilder system(ObservedSystem system) {
    this.system = system;
    return this;
  }

  /** Sets the files that configure the run, with a digest of each. */
  public RunSetupBuilder files(Map<String, String> files) {
    this.files = files;
    return this;
  }

  /** Builds the setup. */
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
        system,
        files);
  }
}
