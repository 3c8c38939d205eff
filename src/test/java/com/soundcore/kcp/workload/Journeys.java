package com.soundcore.kcp.workload;

import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.pause;

import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.services.Workload.Pick;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The journeys as Gatling chains. */
public final class Journeys {
  /** Matches no operation, so that a user whose call was dropped skips the request. */
  private static final String SHED = "";

  private final Map<String, ServiceFeeder> feeders;
  private final Requests requests;
  private final Observer observer;

  /**
   * @param feeders the feeders by service
   * @param inFlight the cap that every request passes
   * @param observer is notified of every call
   * @param tracing the tracing of calls
   */
  public Journeys(
      Map<String, ServiceFeeder> feeders, InFlight inFlight, Observer observer, Tracing tracing) {
    this.feeders = feeders;
    this.requests = new Requests(inFlight, observer, tracing);
    this.observer = observer;
  }

  /** Returns a user's whole chain, with its start and end reported to the observer. */
  public ChainBuilder user(ChainBuilder whatItDoes) {
    return exec(this::starts).exec(whatItDoes).exec(this::ends);
  }

  private Session starts(Session session) {
    observer.userStarts();
    return session;
  }

  private Session ends(Session session) {
    observer.userEnds();
    return session;
  }

  /** Returns one iteration of a user of the whole mix. */
  public ChainBuilder iteration(TrafficMix mix) {
    List<ChainBuilder> parts = mix.parts().stream().map(part -> visit(part, mix.pick())).toList();
    List<Double> weights = mix.parts().stream().map(TrafficMix.Part::startsPerIteration).toList();
    return mix.pick() == Pick.ALL ? exec(parts) : oneOf(parts, weights);
  }

  /** Returns one visit to a service. */
  public ChainBuilder visit(TrafficMix.Part part, Pick pick) {
    List<ChainBuilder> journeys =
        part.journeys().stream().map(j -> journey(j.journey(), part.service())).toList();
    List<Double> weights = part.journeys().stream().map(TrafficMix.Weighted::share).toList();
    return pick == Pick.ALL ? exec(journeys) : oneOf(journeys, weights);
  }

  private static ChainBuilder oneOf(List<ChainBuilder> chains, List<Double> weights) {
    if (chains.size() == 1) {
      return chains.get(0);
    }
    List<Integer> numbers = new ArrayList<>();
    List<Choice.WithKey> choices = new ArrayList<>();
    for (int i = 0; i < chains.size(); i++) {
      numbers.add(i);
      choices.add(onCase(i).then(chains.get(i)));
    }
    WeightedRoundRobin<Integer> rotation = new WeightedRoundRobin<>(numbers, weights);
    return doSwitch(session -> rotation.next()).on(choices);
  }

  private ChainBuilder journey(Journey journey, Service service) {
    ChainBuilder steps = exec(journey.steps().stream().map(step -> step(step, service)).toList());
    boolean saves =
        service.operations().values().stream().anyMatch(o -> !o.exchange().saves().isEmpty());
    // One journey's saved values must not reach the next journey.
    return saves ? exec(session -> session.remove(Keys.SAVED)).exec(steps) : steps;
  }

  private ChainBuilder step(Journey.Step step, Service service) {
    if (step instanceof Journey.Pause thinking) {
      return pause(thinking.duration());
    }
    if (step instanceof Journey.Call call) {
      return request(service, List.of(call.operation()), call::operation);
    }
    Map<String, Integer> weights = ((Journey.OneOf) step).weights();
    List<String> names = List.copyOf(weights.keySet());
    WeightedRoundRobin<String> rotation =
        new WeightedRoundRobin<>(
            names, names.stream().map(name -> (double) weights.get(name)).toList());
    return request(service, names, rotation::next);
  }

  /** Returns a chain that sends a call unless the cap is reached. */
  private ChainBuilder request(Service service, List<String> names, Supplier<String> choice) {
    ServiceFeeder feeder = feeders.get(service.name());
    return exec(session -> requests.enter(session, feeder.next(choice.get())))
        .exec(sending(names.stream().map(service.operations()::get).toList()));
  }

  private ChainBuilder sending(List<Operation> operations) {
    if (operations.size() == 1) {
      return doIf(session -> session.contains(Keys.CALL)).then(requests.of(operations.get(0)));
    }
    return doSwitch(Journeys::operation)
        .on(operations.stream().map(o -> onCase(o.name()).then(requests.of(o))).toList());
  }

  private static Object operation(Session session) {
    return session.contains(Keys.CALL) ? Requests.call(session).operation().name() : SHED;
  }
}
