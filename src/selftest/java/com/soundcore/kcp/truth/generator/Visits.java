package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.config.services.Journey;
import com.soundcore.kcp.config.services.Workload.Pick;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What users do, step by step: the workload's journeys, put together as the suite does. */
public final class Visits {
  /**
   * A step: a call of one of the operations, or a pause where there are none.
   *
   * @param deal which of several operations; absent where there is one
   */
  public record Step(int[] operations, Deal deal, long pauseMicros) {
    public boolean isPause() {
      return operations.length == 0;
    }

    public int operation() {
      return operations.length == 1 ? operations[0] : operations[deal.next()];
    }
  }

  private final Operations operations;

  public Visits(Operations operations) {
    this.operations = operations;
  }

  /** What the users of a service's own arrivals do, one after the other. */
  public Supplier<Step[]> of(TrafficMix.Part part, Pick pick) {
    List<Supplier<Step[]>> journeys =
        part.journeys().stream().map(j -> always(steps(j.journey()))).toList();
    return pick == Pick.ALL
        ? all(journeys)
        : oneOf(journeys, part.journeys().stream().map(TrafficMix.Weighted::share).toList());
  }

  /** What the users of the whole mix do in an iteration. */
  public Supplier<Step[]> of(TrafficMix mix) {
    List<Supplier<Step[]>> parts = mix.parts().stream().map(part -> of(part, mix.pick())).toList();
    return mix.pick() == Pick.ALL
        ? all(parts)
        : oneOf(parts, mix.parts().stream().map(TrafficMix.Part::startsPerIteration).toList());
  }

  private static Supplier<Step[]> always(Step[] steps) {
    return () -> steps;
  }

  private static Supplier<Step[]> oneOf(List<Supplier<Step[]>> choices, List<Double> weights) {
    if (choices.size() == 1) {
      return choices.get(0);
    }
    Deal deal = new Deal(weights);
    return () -> choices.get(deal.next()).get();
  }

  private static Supplier<Step[]> all(List<Supplier<Step[]>> choices) {
    return always(choices.stream().flatMap(choice -> Stream.of(choice.get())).toArray(Step[]::new));
  }

  private Step[] steps(Journey journey) {
    List<Step> steps = new ArrayList<>();
    for (Journey.Step step : journey.steps()) {
      if (step instanceof Journey.Pause pause) {
        steps.add(new Step(new int[0], null, pause.duration().toNanos() / 1000));
      } else if (step instanceof Journey.Call call) {
        steps.add(new Step(new int[] {number(journey, call.operation())}, null, 0));
      } else {
        steps.add(oneOf(journey, ((Journey.OneOf) step).weights()));
      }
    }
    return steps.toArray(Step[]::new);
  }

  private Step oneOf(Journey journey, Map<String, Integer> weights) {
    List<String> names = List.copyOf(weights.keySet());
    int[] numbers = names.stream().mapToInt(name -> number(journey, name)).toArray();
    List<Double> parts = names.stream().map(name -> (double) weights.get(name)).toList();
    return new Step(numbers, new Deal(parts), 0);
  }

  private int number(Journey journey, String operation) {
    return operations.number(journey.service(), operation);
  }
}
