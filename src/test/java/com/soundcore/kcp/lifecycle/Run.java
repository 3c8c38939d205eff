package com.soundcore.kcp.lifecycle;

import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.stopLoadGeneratorIf;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.files.ConfigFiles;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.read.IneffectiveProperties;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.embedded.EmbeddedBackend;
import com.soundcore.kcp.embedded.ParentProcessWatch;
import com.soundcore.kcp.fleet.Member;
import com.soundcore.kcp.fleet.Order;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Token;
import com.soundcore.kcp.injection.ActorBatches;
import com.soundcore.kcp.injection.ArrivalThinning;
import com.soundcore.kcp.injection.EventLoops;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.injection.PlannedPhases;
import com.soundcore.kcp.injection.Share;
import com.soundcore.kcp.live.LiveRun;
import com.soundcore.kcp.live.Ticker;
import com.soundcore.kcp.monitoring.DatabaseWatch;
import com.soundcore.kcp.monitoring.EventLoopWatch;
import com.soundcore.kcp.monitoring.GeneratorWatch;
import com.soundcore.kcp.monitoring.MonitoringSources;
import com.soundcore.kcp.monitoring.Processors;
import com.soundcore.kcp.preflight.Cleanup;
import com.soundcore.kcp.preflight.GeneratorCheck;
import com.soundcore.kcp.preflight.Preflight;
import com.soundcore.kcp.preflight.ProductionGuard;
import com.soundcore.kcp.preflight.StartBarrier;
import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.session.Tokens;
import com.soundcore.kcp.workload.Catalog;
import com.soundcore.kcp.workload.HttpProtocol;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.Journeys;
import com.soundcore.kcp.workload.LoadTime;
import com.soundcore.kcp.workload.ServiceFeeder;
import com.soundcore.kcp.workload.Thinking;
import com.soundcore.kcp.workload.Tracing;
import com.soundcore.kcp.workload.TrafficMix;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One run of one test, from the configuration to the end of the load. */
public final class Run {
  private final KcpConfig config = ConfigLoader.load();
  private final Tokens tokens = Tokens.of(config);
  private final Tracing tracing = new Tracing(config.examples().tracedShare());
  private final Catalog catalog = new Catalog();
  private final LoadTime time = new LoadTime();
  private final double cores = new Processors().cores();
  private final EventLoopWatch loops = new EventLoopWatch();
  private final InFlight inFlight;
  private final Map<String, ServiceFeeder> feeders;
  private final TestShape test;
  private final TrafficMix mix;
  private final Plan plan;
  private final Announcement announcement;
  private final String tag;
  private final String simulation;
  private final LiveRun live;
  private final Optional<Search> search;
  private final ArrivalThinning thinning = new ArrivalThinning();
  private final Optional<EmbeddedBackend> backend;
  private Optional<Long> clockOffsetMs = Optional.empty();
  private Optional<Member> member = Optional.empty();
  private Recording recording;
  private SystemWatch watch;

  public Run(String simulation) {
    this.simulation = simulation;
    if (config.run().stopWithParent()) {
      ParentProcessWatch.stopWithIt();
    }
    if (keepsLog()) {
      Exit.withGatling(Thread.currentThread());
    }
    String testName = simulation.toLowerCase(Locale.ROOT);
    if (config.injector().conductor().isPresent() && !keepsLog()) {
      throw new ConfigException(
          List.of(
              "kcp.results-folder was ''; must name a folder where an injector has a conductor: its"
                  + " log is reduced there"));
    }
    GatlingCommand.ofThisProcess().mustKeepLogFor(config.run());
    test = config.tests().get(testName);
    if (test == null) {
      throw new ConfigException(
          List.of("kcp.tests." + testName + " is missing; conf/tests.conf describes each test"));
    }
    IneffectiveProperties.check(System.getProperties(), config, test);
    config.run().baselines().forEach(Baseline::mustBeThere);
    ProductionGuard.check(
        config, test, tokens.secret(), System.getProperties().stringPropertyNames());
    mix = TrafficMix.of(config, config.workloadOf(test));
    boolean searches =
        test.search().isPresent()
            && config.injector().count() == 1
            && config.modelOf(test) == Model.OPEN;
    search = searches ? config.searchOf(test) : Optional.empty();
    plan = new Plan(config, search.map(test::searching).orElse(test), mix);
    ProductionGuard.checkLoad(config, test, load(plan, mix));
    tag = RunTag.of(test.name());
    // The cap applies to the whole fleet, so the system meets the same cap with any number of
    // injectors.
    LoadProfile planned = new LoadProfile(new PlannedPhases(plan, mix).all());
    inFlight = new InFlight(() -> plan.maxInFlight(planned, time.second(), partSent()), time);
    live = new LiveRun(config, mix.all(), time, tokens::secrets);
    announcement = new Announcement(config, test, mix, plan, tag, search.isPresent());
    feeders = ServiceFeeder.all(config, catalog, tag);
    // The configuration is valid by now. The remaining checks run while the backend starts.
    backend =
        config.environment().startsBackend()
            ? Optional.of(EmbeddedBackend.start(config, cores))
            : Optional.empty();
  }

  static ProductionGuard.Load load(Plan plan, TrafficMix mix) {
    return new ProductionGuard.Load(
        plan.plannedRequests(new Share(0, 1)),
        Duration.ofSeconds(plan.durationSeconds()),
        mix.all().stream().filter(Operation::creates).map(Operation::fullName).toList());
  }

  private double partSent() {
    return search.isPresent() ? thinning.share() : 1;
  }

  /** Returns the virtual users, and a population without users that marks the log as this run's. */
  public List<PopulationBuilder> populations() {
    PopulationBuilder mark =
        scenario(LogHeader.mark(tag)).exec(pause(0)).injectOpen(nothingFor(Duration.ZERO));
    return Stream.concat(users().stream(), Stream.of(mark)).toList();
  }

  /**
   * In the closed model they are users of the whole mix; in the open model each service has its own
   * arrivals, and so its own rate.
   */
  private List<PopulationBuilder> users() {
    Journeys journeys = new Journeys(feeders, inFlight, live, tracing);
    ActorBatches batches = new ActorBatches();
    if (plan.model() == Model.CLOSED) {
      Thinking thinking = new Thinking(config.run());
      return List.of(
          scenario(mix.workload())
              .exec(
                  batches,
                  stopping(),
                  journeys.user(exec(journeys.iteration(mix), pause(session -> thinking.next()))))
              .injectClosed(plan.closedSteps()));
    }
    return mix.parts().stream()
        .map(
            part ->
                scenario(part.service().name())
                    .exec(batches, stopping(), admitted(part, journeys))
                    .injectOpen(plan.openSteps(part.service())))
        .toList();
  }

  /** In a search, only the admitted share of the arrivals sends a request. */
  private ChainBuilder admitted(TrafficMix.Part part, Journeys journeys) {
    ChainBuilder user = journeys.user(journeys.visit(part, mix.pick()));
    String name = part.service().name();
    return search.isPresent() ? doIf(session -> thinning.admits(name)).then(user) : user;
  }

  /** Each user checks at its start whether the load should stop early. */
  private ChainBuilder stopping() {
    return stopLoadGeneratorIf(session -> live.why(), this::stopsNow);
  }

  private boolean stopsNow(Session session) {
    time.userStarts();
    loops.seen(session.asScala().eventLoop());
    return live.stops();
  }

  public HttpProtocolBuilder protocol() {
    return HttpProtocol.of(config.sessions(), tokens.any(), tokens.byUser(), tracing);
  }

  public List<Assertion> assertions() {
    return new Assertions(config, test, mix, plan).all();
  }

  /** Checks all preconditions of the load, and starts the watches. */
  public void prepare() {
    try {
      prepareLoad();
    } catch (RuntimeException | Error broken) {
      member.ifPresent(fleet -> fleet.refuse(broken.getMessage()));
      throw broken;
    }
  }

  private void prepareLoad() {
    RunMetadataFactory planned =
        new RunMetadataFactory(config, test, mix, plan, simulation, tag, ObservedSystem.UNKNOWN);
    RunMetadata asPlanned = planned.startingAt(System.currentTimeMillis());
    announcement.before(asPlanned);
    member =
        config
            .injector()
            .conductor()
            .map(
                at ->
                    Member.join(
                        at, config.injector().barrierTimeout(), asPlanned, System.getenv()));
    double peak = plan.peakRequestsPerSec(plan.share());
    int most = (int) Math.max(1, plan.share().of(plan.maxInFlight()));
    // A search that climbed to its ceiling at full length would fill a disk, but this is rare.
    double requests = search.isPresent() ? 0 : plan.plannedRequests(plan.share());
    double workPerAnswer = backend.isPresent() ? EmbeddedBackend.workPerAnswer(config, cores) : 0;
    int checks =
        GeneratorCheck.check(
                config,
                asPlanned.setup(),
                new GeneratorCheck.Planned(requests, peak, most),
                new GeneratorCheck.Processors(cores, EventLoops.count(), workPerAnswer))
            .size();
    Duration lasting = Duration.ofSeconds(plan.durationSeconds());
    if (tokens.byUser().isEmpty()) {
      Token.mustLast(tokens.any(), lasting);
    }
    backend.ifPresent(EmbeddedBackend::awaitReady);
    Http http = Http.of(config, tokens::any);
    tokens.start(http.withoutToken());
    Preflight.Found found = new Preflight(config, feeders, catalog, http).check(mix);
    MonitoringSources.mustAnswer(
        config.monitoring(), DatabaseWatch.Credentials.fromEnvironment(), http);
    clockOffsetMs = http.clockOffsetMs(healthUrl());
    ObservedSystem system = new Observations(config, plan, mix).of(found, clockOffsetMs);
    member.ifPresent(Member::awaitStart);
    StartBarrier.await(config.injector(), ConfigFiles.digests(config.environment().name()));
    // Uses separate feeders, so that it does not use up the run's unique values.
    Variety variety = new Variety(plan, mix, ServiceFeeder.all(config, catalog, tag));
    announcement.start(
        checks + found.checks().size(), system, variety.inWords(), http.meanAnswerBytes());
    backend.ifPresent(EmbeddedBackend::loadStarts);
    GeneratorWatch generator =
        new GeneratorWatch(loops, () -> backend.map(EmbeddedBackend::running).orElse(List.of()));
    recording = new Recording(config, planned.of(system), generator);
    watch = new SystemWatch(config, http, backend);
    live.start(
        recording.facts(),
        new Ticker.Sources(inFlight, cores, generator::latest, watch::latest),
        search.map(of -> new LiveRun.Searching(of, thinning)),
        recording.givingUp());
    recording.keeps(() -> measured(Map.of()));
    member.ifPresent(fleet -> fleet.runs(this::progress, this::stopAsOrdered));
  }

  private Member.Progress progress() {
    Long began = time.isRunning() ? System.currentTimeMillis() - time.millis() : null;
    Optional<Stopped> stopped = live.stopped();
    return new Member.Progress(
        began,
        live.sent(),
        live.failed(),
        stopped.map(Stopped::why).orElse(null),
        stopped.map(Stopped::isByGenerator).orElse(false));
  }

  /** Stops this injector's load on the conductor's order. */
  private void stopAsOrdered(Order order) {
    Stopped.Reason reason = order.byGenerator() ? Stopped.Reason.GENERATOR : Stopped.Reason.SYSTEM;
    live.stop(new Stopped(Math.max(1, time.second()), order.stop(), reason));
  }

  /** Returns whether this run keeps its log, which judging needs. */
  public boolean keepsLog() {
    return config.run().keepsLog();
  }

  private String healthUrl() {
    String service = mix.parts().get(0).service().name();
    String base = config.environment().urls().get(service).toString();
    return config
        .environment()
        .page(service, Environment.Page.HEALTH, config.health().path())
        .orElse(base);
  }

  /**
   * Returns the measurements so far.
   *
   * @param answered totals of all calls; empty until all calls have finished
   */
  private Recording.Ending measured(Map<String, Answered> answered) {
    return new Recording.Ending(
        inFlight.shedBySecond(),
        inFlight.cap(),
        live.closedConnections(),
        answered,
        live.stopped(),
        clockOffsetMs,
        live.searched(),
        Stream.concat(watch.samples().stream(), live.received().stream()).toList(),
        watch.sessions(),
        live.phases(),
        live.examples(),
        tokens.caveats());
  }

  /**
   * Judges the run and shuts everything down after the load. Gatling writes its report afterwards.
   */
  public void finish() {
    recording.loadEnded();
    watch.close();
    announcement.shed(inFlight);
    Recording.Ending ending = measured(live.loadEnded());
    if (member.isPresent()) {
      recording.deliver(ending, member.get());
    } else {
      recording.judge(
          ending,
          (verdict, folder) -> live.judged(verdict.status().name(), verdict.reasons(), folder));
    }
    if (config.run().cleanup()) {
      Cleanup cleanup = new Cleanup(config, Http.of(config, tokens::any));
      System.out.println(cleanup.afterRun(tag));
    }
    tokens.close();
    backend.ifPresent(EmbeddedBackend::close);
    Exit.now();
  }
}
