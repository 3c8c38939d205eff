package com.soundcore.kcp.run;

import java.util.List;
import java.util.Map;

/** Fills in a setup by the names of its parts; what is not given is unknown, empty, or 1. */
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

  /** One that is filled in like another setup. */
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

  /** What is run: the test, the tag of this run, the seed of everything random. */
  public RunSetupBuilder test(String simulation, String id, long seed) {
    this.simulation = simulation;
    this.id = id;
    this.seed = seed;
    return this;
  }

  /** Where the load goes, and whether that is the embedded backend. */
  public RunSetupBuilder against(String environment, boolean embedded) {
    this.environment = environment;
    this.embedded = embedded;
    return this;
  }

  /** The traffic mix, and "open" or "closed". */
  public RunSetupBuilder load(String workload, String injection) {
    this.workload = workload;
    this.injection = injection;
    return this;
  }

  /** By how much durations and loads are multiplied. */
  public RunSetupBuilder scaled(double timeScale, double loadScale) {
    this.timeScale = timeScale;
    this.loadScale = loadScale;
    return this;
  }

  /** What differs from the files. */
  public RunSetupBuilder altered(List<String> altered) {
    this.altered = altered;
    return this;
  }

  /** What of the test was left out, in words; and operations, since they cost money. */
  public RunSetupBuilder leftOut(List<String> partial, List<String> withoutCostly) {
    this.partial = partial;
    this.withoutCostly = withoutCostly;
    return this;
  }

  /** Faults planted into the embedded backend. */
  public RunSetupBuilder faults(List<String> faults) {
    this.faults = faults;
    return this;
  }

  /** This machine's number, from 0, and how many share the load. */
  public RunSetupBuilder injector(int injector, int injectors) {
    this.injector = injector;
    this.injectors = injectors;
    return this;
  }

  /** The version of the JDK, cores and operating system, and the command that repeats it. */
  public RunSetupBuilder on(String jdk, String machine, String repeat) {
    this.jdk = jdk;
    this.machine = machine;
    this.repeat = repeat;
    return this;
  }

  /** What was seen of the system before the load. */
  public RunSetupBuilder system(ObservedSystem system) {
    this.system = system;
    return this;
  }

  /** The files that configure it, with a digest of each. */
  public RunSetupBuilder files(Map<String, String> files) {
    this.files = files;
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
        system,
        files);
  }
}
