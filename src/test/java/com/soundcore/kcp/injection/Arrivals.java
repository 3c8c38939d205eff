package com.soundcore.kcp.injection;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import com.soundcore.kcp.config.tests.Stage;
import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The exact number of arrivals of one population in each stage of the open model.
 *
 * <p>A stage's count is the area under its rate, rounded as Gatling rounds it: a hold to the
 * nearest whole number, a ramp down. An injector gets its share of that count, and the rate that
 * produces exactly this share.
 */
final class Arrivals {
  // Areas are sums of decimal rates, so a value just below a whole number means that number.
  private static final double HAIR = 1e-6;

  private record Leg(double from, double to, long seconds, long whole) {}

  private final List<Leg> legs;

  /**
   * @param stages the stages, each a whole number of seconds long
   * @param perLevel arrivals per second for each unit of a stage's level
   */
  Arrivals(List<Stage> stages, double perLevel) {
    this.legs = stages.stream().map(stage -> leg(stage, perLevel)).toList();
  }

  private static Leg leg(Stage stage, double perLevel) {
    double from = stage.from() * perLevel;
    double to = stage.to() * perLevel;
    long seconds = stage.duration().toSeconds();
    double area = (from + to) / 2 * seconds;
    long count = stage.isHold() ? Math.round(area) : (long) Math.floor(area + HAIR);
    return new Leg(from, to, seconds, count);
  }

  /** Returns a share's arrivals in one stage. */
  long inStage(int stage, Share share) {
    return share.of(legs.get(stage).whole());
  }

  long total(Share share) {
    return legs.stream().mapToLong(leg -> share.of(leg.whole())).sum();
  }

  /** Returns Gatling's injection steps for a share. */
  OpenInjectionStep[] steps(Share share) {
    List<OpenInjectionStep> steps = new ArrayList<>();
    for (Leg leg : legs) {
      long count = share.of(leg.whole());
      Duration duration = Duration.ofSeconds(leg.seconds());
      double area = (leg.from() + leg.to()) / 2 * leg.seconds();
      if (count == 0) {
        steps.add(nothingFor(duration));
      } else if (leg.from() == leg.to()) {
        steps.add(constantUsersPerSec((double) count / leg.seconds()).during(duration));
      } else {
        double part = count / area;
        steps.add(rampUsersPerSec(leg.from() * part).to(leg.to() * part).during(duration));
      }
    }
    return steps.toArray(OpenInjectionStep[]::new);
  }
}
