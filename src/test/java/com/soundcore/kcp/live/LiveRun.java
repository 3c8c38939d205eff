package com.soundcore.kcp.live;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.LiveOptions;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.ArrivalThinning;
import com.soundcore.kcp.injection.LoadSearch;
import com.soundcore.kcp.injection.SearchClock;
import com.soundcore.kcp.live.calls.CallExamples;
import com.soundcore.kcp.live.calls.ClosedConnections;
import com.soundcore.kcp.live.calls.LiveCounts;
import com.soundcore.kcp.live.calls.ProcessTimes;
import com.soundcore.kcp.live.calls.Recorder;
import com.soundcore.kcp.live.calls.Totals;
import com.soundcore.kcp.live.otlp.OtlpPush;
import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.UnmeetableGates;
import com.soundcore.kcp.verdict.level.LevelRule;
import com.soundcore.kcp.verdict.level.LevelRules;
import com.soundcore.kcp.workload.DrawnCall;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.LoadTime;
import com.soundcore.kcp.workload.Observer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All observers of a run in progress. */
public final class LiveRun implements Observer, AutoCloseable {
  private final KcpConfig config;
  private final LoadTime time;
  private final Recorder recorder;
  private final ProcessTimes processTimes = new ProcessTimes();
  private final ThroughputSamples received = new ThroughputSamples(processTimes);
  private final ClosedConnections closed;
  private final CallExamples examples;
  private final LiveAccess access;
  private volatile Optional<LoadSearch> search = Optional.empty();
  private Optional<SearchClock> searchClock = Optional.empty();
  private InFlight inFlight;
  private LevelRule rule;
  private LiveCounts counts;
  private EarlyStopDecision stopper;
  private Ticker ticker;
  private volatile LiveSnapshot latest;
  private Optional<LiveServer> server = Optional.empty();
  private Optional<OtlpPush> push = Optional.empty();
  private Optional<InjectorExchange> exchange = Optional.empty();

  /**
   * The rule for abandoning a run that does not end.
   *
   * @param silence time after the end of the plan without any sign of life
   * @param how ends the run, for the given reason
   */
  public record GivingUp(Duration silence, Consumer<String> how) {}

  /** A load that follows the measurements. */
  public record Searching(Search search, ArrivalThinning thinning) {}

  /**
   * @param operations all that may be called
   * @param time of the load
   * @param secrets that nothing stored may contain
   */
  public LiveRun(
      KcpConfig config,
      List<Operation> operations,
      LoadTime time,
      Supplier<Collection<String>> secrets) {
    this.config = config;
    this.time = time;
    this.access = LiveAccess.of(config.live(), System.getenv());
    this.recorder = new Recorder(operations, time);
    this.examples = new CallExamples(config.examples(), time, secrets);
    this.closed = new ClosedConnections(time, config.environment().urls());
  }

  /**
   * Starts the observation with the load. Earlier calls are not part of the run.
   *
   * @param givingUp rule for a run that does not end by itself
   */
  public void start(
      RunMetadata facts, Ticker.Sources sources, Optional<Searching> searching, GivingUp givingUp) {
    LivePlan plan =
        LivePlan.of(facts, config.allServices(), config.injector().barrier().isPresent());
    TestShape test = config.tests().get(facts.setup().simulation());
    Optional<ExhaustedMachine> machine =
        ExhaustedMachine.appliesTo(test, facts)
            ? Optional.of(new ExhaustedMachine(config, facts, sources.cores()))
            : Optional.empty();
    inFlight = sources.inFlight();
    closed.listen();
    rule = LevelRules.of(config, facts.operations().keySet());
    counts =
        new LiveCounts(
            time,
            inFlight,
            closed,
            facts.plannedSeconds(),
            rule.targets(),
            Judge.limits(config, facts));
    UnmeetableGates unmeetable = new UnmeetableGates(config, facts, counts);
    stopper =
        new EarlyStopDecision(
            config.earlyStop(), test.asserts().earlyStop(), unmeetable::at, machine);
    Totals totals = new Totals();
    PrometheusPage metrics = new PrometheusPage(plan, totals);
    LiveOptions options = config.live();
    push = OtlpPush.of(options, metrics::snapshots, facts.setup().simulation(), facts.setup().id());
    if (options.enabled()) {
      server = LiveServer.open(options, access, plan, metrics::bytes, this::levels);
      server.ifPresent(s -> System.out.println("  live      " + s.address()));
    }
    List<Consumer<LiveSnapshot>> watchers = new ArrayList<>(List.of(stopper, metrics));
    watchers.add(new ConsoleLine(plan, options.consoleEvery(), System.out));
    if (searching.isEmpty()) {
      examples.steadyIn(facts.load()::holds);
    }
    search = searching.map(s -> searching(s, facts));
    searchClock = search.map(s -> new SearchClock(time, s));
    watchers.add(second -> latest = second);
    watchers.add(received);
    watchers.add(second -> inFlight.grow());
    watchers.add(new Overrun(givingUp));
    // The others are informed even if this injector has no page, for example because its port is
    // taken.
    Consumer<LiveSnapshot> page = second -> server.ifPresent(shown -> shown.accept(second));
    exchange = InjectorExchange.of(config, recorder.operations(), totals, page);
    watchers.add(exchange.<Consumer<LiveSnapshot>>map(several -> several).orElse(page));
    received.every(config.monitoring().every());
    Supplier<RunMetadata> now = () -> search.map(s -> facts.withPhases(s.phases())).orElse(facts);
    Ticker.Sources shown =
        new Ticker.Sources(
            sources.inFlight(),
            sources.cores(),
            sources.generator(),
            () -> received.withInside(sources.resources().get()));
    ticker = new Ticker(time, now, recorder, totals, shown, watchers);
  }

  private LoadSearch searching(Searching of, RunMetadata facts) {
    return new LoadSearch(of.search(), of.thinning(), rule, counts, facts);
  }

  /** Returns whether the load must end early. */
  public boolean stops() {
    return stopper.stops() || search.isPresent() && search.get().isDone() && inFlight.now() == 0;
  }

  /** Ends the load early. */
  public void stop(Stopped stopped) {
    stopper.decide(stopped);
  }

  /** Returns the number of calls sent so far. */
  public long sent() {
    return latest == null ? 0 : latest.all().soFar().sent();
  }

  /** Returns the number of calls that failed so far. */
  public long failed() {
    return latest == null ? 0 : latest.all().soFar().failed();
  }

  /** Returns why the load must end, in words. */
  public String why() {
    return stopper.decision().map(Stopped::why).orElse("the search has ended");
  }

  /** Returns the phases that a search has produced. */
  public Optional<List<Phase>> phases() {
    return search.map(LoadSearch::phases);
  }

  /** Returns the levels that a search has tried so far. */
  private List<SearchRecord.SearchLevel> levels() {
    return search.map(s -> s.record().levels()).orElse(List.of());
  }

  /** Returns the result of a search. */
  public Optional<SearchRecord> searched() {
    return search.map(LoadSearch::record);
  }

  /** Returns the connections that were closed without an answer. */
  public CountsBySecond closedConnections() {
    return closed.bySecond();
  }

  /** Returns when and why the load was stopped, if the stop is a failure. */
  public Optional<Stopped> stopped() {
    return stopper.decision();
  }

  /**
   * Takes the last snapshot after the load has ended. Returns the finished calls by "service /
   * operation"; empty after a search.
   */
  public Map<String, Answered> loadEnded() {
    searchClock.ifPresent(SearchClock::close);
    ticker.close();
    exchange.ifPresent(InjectorExchange::close);
    // A search ends while some users still pause. Their later calls are not in the log.
    return search.isPresent() ? Map.of() : ticker.answered();
  }

  /** Returns the bytes received from each service. */
  public List<ResourceSample> received() {
    return received.samples();
  }

  /** Returns the single calls that the report shows. */
  public List<Answered.Example> examples() {
    return examples.all();
  }

  /** Shows the verdict to the watchers. */
  public void judged(String status, List<String> reasons, Path folder) {
    server.ifPresent(s -> s.ended(status, reasons, folder));
  }

  @Override
  public void close() {
    push.ifPresent(OtlpPush::close);
    server.ifPresent(LiveServer::close);
  }

  @Override
  public void userStarts() {
    recorder.userStarts();
  }

  @Override
  public void userEnds() {
    recorder.userEnds();
  }

  @Override
  public void sent(Operation operation) {
    recorder.sent(operation);
    counts.sent(operation);
  }

  @Override
  public boolean wantsInside(Operation operation) {
    return processTimes.wants(operation.service());
  }

  @Override
  public void inside(Operation operation, double millis) {
    processTimes.add(operation.service(), millis);
  }

  @Override
  public void ended(DrawnCall call, int millis, boolean ok) {
    examples.ended(call, millis, ok);
  }

  @Override
  public void answered(Operation operation, int millis, boolean ok, int bytes, String wrong) {
    recorder.answered(operation, millis, ok, bytes, wrong);
    counts.answered(operation, millis, ok, bytes, wrong);
  }
}
