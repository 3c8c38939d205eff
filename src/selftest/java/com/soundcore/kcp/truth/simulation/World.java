package com.soundcore.kcp.truth.simulation;

import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.truth.generator.ArrivalTimes;
import com.soundcore.kcp.truth.generator.GeneratorSamples;
import com.soundcore.kcp.truth.generator.Ledger;
import com.soundcore.kcp.truth.generator.Operations;
import com.soundcore.kcp.truth.generator.SimulatedFacts;
import com.soundcore.kcp.truth.generator.Standstills;
import com.soundcore.kcp.truth.generator.Steering;
import com.soundcore.kcp.truth.generator.VirtualCounts;
import com.soundcore.kcp.truth.generator.Visits;
import com.soundcore.kcp.truth.generator.Wheel;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.model.ServiceModel;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Truth;
import com.soundcore.kcp.truth.simulation.ResourceSampling.Asked;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.EventQueue;
import com.soundcore.kcp.truth.time.Micros;
import com.soundcore.kcp.workload.TrafficMix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Client and system of one run, put together and let go. */
final class World {
  // Nothing waits longer than this beyond the planned end.
  private static final double MOST_SECONDS_BEYOND = 300;

  /** What was ordered. */
  record Order(
      String simulation,
      SystemUnderTest system,
      GeneratorModel generator,
      Optional<Steering> steering,
      long startedAtMs,
      double samplingSeconds) {}

  private final Order order;
  private final SimulatedFacts simulated;
  private final TrafficMix mix;
  private final Plan plan;
  private final EventQueue queue = new EventQueue();
  private final Operations operations;
  private final Standstills standstills;
  private final Ledger ledger;
  private final Wheel wheel;
  private final LoadProfile load;
  private final Map<String, Server> servers = new LinkedHashMap<>();
  private final Map<String, SystemProcess> processes = new LinkedHashMap<>();

  World(Order order, SimulatedFacts simulated) {
    this.order = order;
    this.simulated = simulated;
    mix = simulated.mix();
    plan = simulated.plan();
    operations = new Operations(mix);
    double longest = plan.durationSeconds() + MOST_SECONDS_BEYOND;
    standstills = new Standstills(order.generator(), longest);
    ledger = new Ledger(operations, counts(), order.steering().isPresent());
    RunMetadata planned = simulated.startingAt(order.startedAtMs());
    order.steering().ifPresent(steering -> steering.begins(planned, ledger.counts()));
    load = planned.load();
    wheel = new Wheel(order.steering());
  }

  private VirtualCounts counts() {
    Map<String, Integer> limits = new LinkedHashMap<>();
    for (TrafficMix.Part part : mix.parts()) {
      Target target = part.service().target();
      limits.put(part.service().name(), (int) target.p95().toMillis());
      part.service()
          .operations()
          .forEach(
              (name, operation) ->
                  limits.put(operation.fullName(), (int) target.of(name).p95().toMillis()));
    }
    return new VirtualCounts(limits);
  }

  private Draws draws(String purpose) {
    return new Draws(simulated.seed(), purpose);
  }

  SimulatedRun run(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RunFolder folder = new RunFolder(path);
    LogHeader header = new LogHeader(order.simulation(), order.startedAtMs(), scenarios());
    SimulatedRun simulated;
    try (LogWriter log = new LogWriter(folder.log(), LogReader.VERSION, header)) {
      Client client =
          new Client(
              queue,
              order.generator(),
              standstills,
              operations,
              ledger,
              wheel,
              log,
              draws("client"),
              this::maxInFlight);
      simulated = run(folder, client);
    }
    LogSeal.write(folder);
    return simulated;
  }

  /** As the suite has it now: the cap grows with the load. */
  private int maxInFlight() {
    return plan.maxInFlight(load, (int) Micros.toSeconds(queue.now()), wheel.share());
  }

  private SimulatedRun run(RunFolder folder, Client client) {
    build(client);
    new SystemClock(queue, servers.values(), processes.values()).begin();
    List<Asked> asked =
        operations.services().stream()
            .map(name -> new Asked(name, servers.get(name), processOf(name)))
            .toList();
    ResourceSampling sampling = new ResourceSampling(queue, client, asked, order.samplingSeconds());
    int receivedEvery = (int) Math.max(1, Math.round(order.samplingSeconds()));
    SecondTicker ticker =
        new SecondTicker(queue, client, ledger, wheel, operations.services(), receivedEvery);
    sampling.begin();
    populate(client);
    ticker.begin();
    while (!client.isOver() && queue.step()) {
      // it has happened
    }
    List<ResourceSample> resources =
        Stream.concat(sampling.samples().stream(), ticker.received().stream()).toList();
    return new SimulatedRun(folder, facts(), resources, truth());
  }

  private List<String> scenarios() {
    return plan.model() == Model.CLOSED ? List.of(mix.workload()) : operations.services();
  }

  private void build(Client client) {
    Database database = new Database(order.system().databaseWorkers());
    for (String name : operations.services()) {
      ServiceModel model = order.system().services().get(name);
      double startedAt = order.startedAtMs() / 1000.0 - 3600 - processes.size();
      SystemProcess process =
          processes.computeIfAbsent(
              model.process(), key -> new SystemProcess(queue, draws("process " + key), startedAt));
      Server server =
          new Server(model, operations, name, client, process.clock(), simulated.seed());
      process.has(server);
      servers.put(name, server);
    }
    client.connect(List.copyOf(servers.values()), database);
  }

  private SystemProcess processOf(String service) {
    return processes.get(order.system().services().get(service).process());
  }

  private void populate(Client client) {
    Visits visits = new Visits(operations);
    if (plan.model() == Model.CLOSED) {
      new ClosedUsers(
              queue,
              client,
              plan,
              mix.workload(),
              visits.of(mix),
              draws("thinking"),
              simulated.config().run())
          .begin();
      return;
    }
    List<OpenUsers> populations = new ArrayList<>();
    for (int i = 0; i < mix.parts().size(); i++) {
      TrafficMix.Part part = mix.parts().get(i);
      String name = part.service().name();
      ArrivalTimes times =
          new ArrivalTimes(plan, name, order.generator().arrivals(), draws("arrivals " + name));
      populations.add(new OpenUsers(queue, client, i, name, visits.of(part, mix.pick()), times));
    }
    populations.forEach(OpenUsers::begin);
  }

  private RunMetadata facts() {
    GeneratorSamples samples =
        new GeneratorSamples(order.generator(), standstills, draws("generator"));
    RunMetadata planned = simulated.startingAt(order.startedAtMs());
    Optional<List<Phase>> phases = order.steering().flatMap(Steering::phases);
    return phases
        .map(planned::withPhases)
        .orElse(planned)
        .ended(
            new RunEnd(
                true,
                ledger.counts().shed(),
                ledger.counts().dropped(),
                samples.until(queue.now()),
                // A search ends while some users still think: the suite keeps no count then.
                phases.isPresent() ? Map.of() : ledger.answered(),
                wheel.stopped().orElse(null),
                0,
                null,
                order.steering().flatMap(Steering::searched).orElse(null),
                plan.maxInFlight()));
  }

  private Truth truth() {
    Map<String, Truth.OfService> services = new LinkedHashMap<>();
    servers.forEach((name, server) -> services.put(name, server.truth()));
    int seconds = services.values().stream().mapToInt(s -> s.loads().size()).min().orElse(0);
    List<Double> database =
        IntStream.range(0, seconds)
            .mapToObj(
                second ->
                    services.values().stream()
                            .mapToDouble(s -> s.loads().get(second).databaseSeconds())
                            .sum()
                        / order.system().databaseWorkers())
            .toList();
    return new Truth(services, database, Micros.toSeconds(queue.now()));
  }
}
