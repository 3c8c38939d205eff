package com.soundcore.kcp.config;

import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Workload;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.config.tests.TestShape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The complete, validated configuration.
 *
 * @param environment the environment that receives the load
 * @param services the selected services, in the order of {@code kcp.services}
 * @param allServices all configured services, by name
 * @param health the call that shows whether a service is up
 * @param journeys all journeys, by name
 * @param workloads all workloads, by name
 * @param tests all tests, by name
 * @param run the options of this run
 * @param injector this machine's share of the load
 * @param preflight the checks before the load
 * @param generator the capacity and limits of this machine
 * @param gates the rules by which gates judge a run
 * @param comparison the rules by which a run counts as worse than its baseline
 * @param backend the embedded backend
 * @param live the output while a test runs
 * @param monitoring the monitoring of the system under test
 * @param findings the thresholds of the findings beyond the gates
 * @param earlyStop the conditions that stop the load before its end
 * @param sampleRows representative data for a deployment that has none
 * @param sessions the connections and identities of virtual users
 * @param trend the rules by which a metric has changed over many runs
 * @param examples the single calls that a report shows
 */
public record KcpConfig(
    Environment environment,
    List<Service> services,
    Map<String, Service> allServices,
    Health health,
    Map<String, Journey> journeys,
    Map<String, Workload> workloads,
    Map<String, TestShape> tests,
    RunOptions run,
    Injector injector,
    Preflight preflight,
    Generator generator,
    GateOptions gates,
    ComparisonOptions comparison,
    BackendOptions backend,
    LiveOptions live,
    Monitoring monitoring,
    EarlyStop earlyStop,
    FindingOptions findings,
    SampleRows sampleRows,
    Sessions sessions,
    TrendOptions trend,
    ExampleOptions examples) {

  private static final int JUDGED_SECONDS = 3;

  /** The call that shows whether a service is up, and the pieces that its response must contain. */
  public record Health(String path, List<String> contains) {}

  /**
   * The options of one run.
   *
   * @param workload replaces the test's own workload
   * @param injection replaces the test's own model
   * @param timeScale multiplies every duration; above 0
   * @param loadScale multiplies every level; above 0
   * @param seed the seed of all randomness
   * @param inFlight the cap on requests in flight
   * @param includeCostly whether calls that cost money are sent
   * @param cleanup whether the rows that the run created are removed after it
   * @param cleanupPerSecond the maximum number of rows that a clean-up deletes per second
   * @param confirmProduction the name of the production environment that may be loaded
   * @param productionUsers the maximum number of users of an unconfirmed Smoke in production
   * @param thinkMin the shortest think time of a closed-model user after a journey
   * @param thinkMax the longest think time
   * @param expectedResponseTime the expected latency of a request, for Little's law
   * @param rateTolerance the fraction by which a service may miss its planned rate
   * @param baselines folders of earlier runs; the run is compared with each, the first is the
   *     baseline, and all together show the noise between runs
   * @param resultsFolder the folder of Gatling's runs; empty if no log is kept here
   * @param stopWithParent whether the load stops when the process that started it has exited
   * @param gatlingReport when Gatling also writes its own report
   * @param placeholders full names of operations that may respond that they are not implemented
   * @param build the build of the system under test, as the user names it; may be empty
   * @param note a remark for the report; may be empty
   */
  public record RunOptions(
      Optional<String> workload,
      Optional<Model> injection,
      double timeScale,
      double loadScale,
      long seed,
      InFlightCap inFlight,
      boolean includeCostly,
      boolean cleanup,
      double cleanupPerSecond,
      String confirmProduction,
      int productionUsers,
      Duration thinkMin,
      Duration thinkMax,
      Duration expectedResponseTime,
      double rateTolerance,
      List<String> baselines,
      String resultsFolder,
      boolean stopWithParent,
      GatlingReport gatlingReport,
      List<String> placeholders,
      String build,
      String note) {

    /** Returns whether this machine keeps Gatling's log and so can judge the run. */
    public boolean keepsLog() {
      return !resultsFolder.isEmpty();
    }
  }

  /** The runs for which Gatling writes its own report after the verdict. */
  public enum GatlingReport {
    ALWAYS,
    WHEN_FAILED,
    NEVER;

    /** Returns whether a run with this outcome gets the report. */
    public boolean wanted(boolean passed) {
      return this == ALWAYS || this == WHEN_FAILED && !passed;
    }
  }

  /**
   * This machine's share of a load on several injectors.
   *
   * @param index the number of this injector, from 0
   * @param count the number of injectors
   * @param startAt when the load begins; absent for immediately
   * @param barrier the shared folder in which injectors wait for each other; absent for none
   * @param barrierTimeout the maximum wait at the barrier
   * @param conductor the address of the conductor that all injectors join; absent for none
   * @param maxStartGap the run is INVALID if an injector starts later than this after the first
   */
  public record Injector(
      int index,
      int count,
      Optional<Instant> startAt,
      Optional<String> barrier,
      Duration barrierTimeout,
      Optional<String> conductor,
      Duration maxStartGap) {}

  /**
   * Options of the checks before the load.
   *
   * @param callTimeout the timeout of one call
   * @param totalTimeout the deadline for all calls together
   * @param everyValueUpTo lists of at most this length are called with every value
   * @param description the path of a service's OpenAPI document; empty to read none
   * @param about the path where a service describes itself
   * @param development texts at that path that show a development build
   * @param builds headers or keys of that response that may hold the build; the first one present
   *     counts
   */
  public record Preflight(
      Duration callTimeout,
      Duration totalTimeout,
      int everyValueUpTo,
      String description,
      String about,
      List<String> development,
      List<String> builds) {}

  /**
   * The capacity of this machine and the limits of a valid measurement. A run that exceeds a limit
   * is INVALID.
   *
   * @param workPerRequest the measured cost of a request in the suite, in work units
   * @param workPerAnswer the measured cost of a response in the embedded backend, in work units
   * @param maxCpu the maximum fraction of the cores at which a load holds
   * @param maxRate the maximum rate of one process with any number of cores, in requests per second
   * @param spareFileDescriptors file descriptors needed in addition to the requests in flight
   * @param logBytesPerRequest the size of Gatling's log for each request, in bytes
   * @param spareDiskMegabytes disk space needed in addition to the log, in megabytes
   * @param maxLag the maximum delay of arrivals behind their plan
   * @param maxPause the longest pause of the whole process
   * @param disturbingPause a gate that fails only around a pause of this length says nothing about
   *     the system
   * @param maxPaused the maximum fraction of time spent waiting for a processor
   * @param maxLoopLate the maximum fraction of time in which an event loop was late
   * @param maxProcessCpu the maximum fraction of all cores in use
   * @param endWithin the time without activity after the plan's end until the run is stopped
   */
  public record Generator(
      double workPerRequest,
      double workPerAnswer,
      double maxCpu,
      double maxRate,
      int spareFileDescriptors,
      int logBytesPerRequest,
      int spareDiskMegabytes,
      Duration maxLag,
      Duration maxPause,
      Duration disturbingPause,
      double maxPaused,
      double maxLoopLate,
      double maxProcessCpu,
      Duration endWithin) {
    // The JIT compilers compete with the load for its first minute.
    private static final double SURE = 0.75;

    // Monitoring, garbage collection and JIT compilers need this at any rate. Measured: 0.6
    // cores held 2,200 req/s and not 3,300 req/s, at 109 µs for each request.
    private static final double RESERVED_CORES = 0.15;

    /**
     * Returns the rate that holds, in requests per second.
     *
     * @param cores the available cores
     * @param seconds the CPU time of a request
     */
    public double heldRate(double cores, double seconds) {
      double usable = Math.max(maxCpu * cores - RESERVED_CORES, RESERVED_CORES * cores);
      return Math.min(maxRate, usable / seconds);
    }

    /**
     * Returns a rate for the next attempt that even a machine found to be too small should hold.
     */
    public double sureRate(double cores, double seconds) {
      return SURE * heldRate(cores, seconds);
    }
  }

  /** Returns the names of the selected services. */
  public List<String> serviceNames() {
    return services.stream().map(Service::name).toList();
  }

  /**
   * Returns whether a call is left out because it costs money or creates rows without permission.
   */
  public boolean leavesOut(Operation operation) {
    return operation.costly() && !run.includeCostly() || operation.creates() && !mayCreateRows();
  }

  /**
   * Returns whether rows may be created. Production needs a confirmation, or a permission in its
   * file.
   */
  public boolean mayCreateRows() {
    return !environment.production()
        || environment.limits().createsRows()
        || run.confirmProduction().equals(environment.name());
  }

  /** Returns the workload of a test, or the one that replaces it. */
  public Workload workloadOf(TestShape test) {
    return workloads.get(run.workload().orElse(test.workload()));
  }

  /**
   * Returns the scaled search of a test. Each level lasts at least for the settling time, plus the
   * longest p95 target, plus a few seconds in which latency is judged.
   */
  public Optional<Search> searchOf(TestShape test) {
    Duration slowest =
        services.stream()
            .map(service -> service.target().p95())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    long tail = (long) Math.ceil(slowest.toMillis() / 1000.0);
    Duration shortest = gates.settle().plusSeconds(tail + JUDGED_SECONDS);
    return test.search().map(s -> s.scaled(run.timeScale(), run.loadScale(), shortest));
  }

  /** Returns the model of a test, or the one that replaces it. */
  public Model modelOf(TestShape test) {
    return run.injection().orElse(test.model());
  }
}
