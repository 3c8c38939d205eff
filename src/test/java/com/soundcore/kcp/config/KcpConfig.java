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
 * The whole configuration, checked.
 *
 * @param environment where the load goes
 * @param services the selected services, in the order of {@code kcp.services}
 * @param allServices every service there is, by name
 * @param health the call that says whether a service is up
 * @param journeys by name
 * @param workloads by name
 * @param tests by name
 * @param run how this run differs from the plain one
 * @param injector this machine's part of the whole
 * @param preflight the checks before the load
 * @param generator what this machine can do
 * @param gates how a run is judged
 * @param comparison when a run counts as worse than its baseline
 * @param backend the embedded backend
 * @param live what is seen while a test runs
 * @param monitoring what the system under test is asked about itself
 * @param findings what a run shows beyond its gates
 * @param earlyStop when the load is stopped before its end
 * @param sampleRows representative data for a deployment that has none
 * @param sessions how virtual users connect and who they are
 * @param trend when a figure has changed over many runs
 * @param examples single calls that a report shows
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

  /** The call that says whether a service is up, and pieces that its answer has. */
  public record Health(String path, List<String> contains) {}

  /**
   * How this run differs from the plain one.
   *
   * @param workload asked for in place of the test's own
   * @param injection asked for in place of the test's own model
   * @param timeScale multiplies every duration; above 0
   * @param loadScale multiplies every level; above 0
   * @param seed of everything random
   * @param inFlight how many requests may be under way before arrivals are shed
   * @param includeCostly whether calls that cost money are made
   * @param cleanup whether what the run created is removed after it
   * @param cleanupPerSecond rows that a clean-up deletes in a second, at most
   * @param confirmProduction the production environment that may be loaded
   * @param productionUsers users that a Smoke in production may have without a confirmation
   * @param thinkMin shortest thinking of a closed-model user after a journey
   * @param thinkMax longest
   * @param expectedResponseTime of one request, for Little's law
   * @param rateTolerance the fraction by which a service may miss its planned rate
   * @param baselines folders of earlier runs, the baseline first: the run is compared with each,
   *     and all of them show how much runs differ
   * @param resultsFolder where Gatling puts its runs
   * @param stopWithParent whether the load ends when the process that started it is gone
   * @param gatlingReport when Gatling writes its own report, too
   * @param placeholders full names of operations that may answer that they are not implemented
   * @param build of the system under test, in the words of who started the run; may be empty
   * @param note for the report; may be empty
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

    /** Whether the run is judged here; without a log somebody else does. */
    public boolean keepsLog() {
      return !resultsFolder.isEmpty();
    }
  }

  /** When Gatling writes its own report after the verdict, which does not need it. */
  public enum GatlingReport {
    ALWAYS,
    WHEN_FAILED,
    NEVER;

    /** Whether it is wanted of a run that has passed, or has not. */
    public boolean wanted(boolean passed) {
      return this == ALWAYS || this == WHEN_FAILED && !passed;
    }
  }

  /**
   * This machine's part of a load that several share.
   *
   * @param index its number, from 0
   * @param count of all
   * @param startAt when the load begins; absent for at once
   * @param barrier a folder that all can write to, and wait in for each other; absent for none
   * @param barrierTimeout the longest wait there
   * @param conductor the address of the conductor that all join; absent for none
   * @param maxStartGap one that starts later than this after the first makes the run invalid
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
   * The checks before the load.
   *
   * @param callTimeout of one call
   * @param totalTimeout of all calls of a service together
   * @param everyValueUpTo each value of a list that is no longer than this is asked for
   * @param description where a service describes its routes; empty to ask none
   * @param about where a service says what it is
   * @param development pieces of that answer that a build for development has
   * @param builds headers or keys of that answer that hold its build, the first that is there
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
   * What this machine can do.
   *
   * @param workPerRequest measured pieces of work that a request costs the suite
   * @param workPerAnswer and its answer the embedded backend
   * @param maxCpu the fraction of the cores up to which a load holds
   * @param maxRate requests per second that one process is trusted with, however many cores it has
   * @param spareFileDescriptors needed in addition to the requests in flight
   * @param logBytesPerRequest what Gatling's log takes of the disk
   * @param spareDiskMegabytes needed in addition to the log
   * @param maxLag arrivals further behind their plan make the run invalid
   * @param maxPause so does a longer standstill
   * @param disturbingPause a gate that fails only around one as long as this says nothing of the
   *     system
   * @param maxPaused so does a larger fraction of time spent waiting for a processor
   * @param maxLoopLate so does a larger fraction of time in which an event loop was late
   * @param maxProcessCpu so does a larger fraction of all cores
   * @param endWithin time without any sign of life after the plan's end until the run is stopped
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
    // Compilers work beside the load for its first minute.
    private static final double SURE = 0.75;

    // Watchers, collectors and compilers need it at any rate: 0.6 cores held 2,200 requests per
    // second, and not 3,300, of which each costs 109 µs.
    private static final double RESERVED_CORES = 0.15;

    /**
     * Requests per second that hold.
     *
     * @param cores that are there for them
     * @param seconds of processor time that a request costs
     */
    public double heldRate(double cores, double seconds) {
      double usable = Math.max(maxCpu * cores - RESERVED_CORES, RESERVED_CORES * cores);
      return Math.min(maxRate, usable / seconds);
    }

    /** A rate for the next attempt: a machine that was found too small must hold it. */
    public double sureRate(double cores, double seconds) {
      return SURE * heldRate(cores, seconds);
    }
  }

  /** The selected services' names. */
  public List<String> serviceNames() {
    return services.stream().map(Service::name).toList();
  }

  /** Whether a call is not made: it costs money, or creates rows where nobody allowed that. */
  public boolean leavesOut(Operation operation) {
    return operation.costly() && !run.includeCostly() || operation.creates() && !mayCreateRows();
  }

  /** Whether rows may be created; in production only where confirmed, or where its file says so. */
  public boolean mayCreateRows() {
    return !environment.production()
        || environment.limits().createsRows()
        || run.confirmProduction().equals(environment.name());
  }

  /** The workload that a test runs. */
  public Workload workloadOf(TestShape test) {
    return workloads.get(run.workload().orElse(test.workload()));
  }

  /**
   * The search of a test, scaled: each level long enough for latency to be judged past its
   * settling, of calls that have had the time to be slow.
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

  /** The model that a test runs in. */
  public Model modelOf(TestShape test) {
    return run.injection().orElse(test.model());
  }
}
