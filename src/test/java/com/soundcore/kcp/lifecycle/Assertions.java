package com.soundcore.kcp.lifecycle;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.workload.TrafficMix;
import io.gatling.javaapi.core.Assertion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The targets as Gatling assertions over the whole run. They are the minimum shown in Gatling's
 * report.
 */
final class Assertions {
  private final KcpConfig config;
  private final Asserts asserts;
  private final TrafficMix mix;
  private final Plan plan;

  Assertions(KcpConfig config, TestShape test, TrafficMix mix, Plan plan) {
    this.config = config;
    this.asserts = test.asserts();
    this.mix = mix;
    this.plan = plan;
  }

  List<Assertion> all() {
    List<Assertion> all = new ArrayList<>();
    asserts.errorRate().ifPresent(rate -> all.add(errorRateOfAll(rate)));
    asserts
        .percentiles()
        .forEach((percentile, limit) -> all.add(percentileOfAll(percentile, limit)));
    mix.parts().forEach(part -> of(part, all));
    return all;
  }

  /**
   * Requires at least one request to each service, because a Gatling assertion passes without data.
   */
  private void of(TrafficMix.Part part, List<Assertion> all) {
    String name = part.service().name();
    all.add(details(name).allRequests().count().gt(0L));
    if (asserts.services()) {
      part.service()
          .target()
          .percentiles()
          .forEach(
              (percentile, limit) ->
                  all.add(
                      details(name)
                          .responseTime()
                          .percentile(percentile)
                          .lt((int) limit.toMillis())));
      all.add(
          details(name).failedRequests().percent().lt(part.service().target().errorRate() * 100));
    }
    if (asserts.rate()) {
      double enough = 1 - config.run().rateTolerance();
      double requests = plan.plannedRequests(name, plan.share()) * enough;
      all.add(details(name).allRequests().count().gte((long) requests));
      all.add(details(name).requestsPerSec().gte(requests / longestDuration()));
    }
  }

  /** Gatling divides by the time until the last response, which is later than the last arrival. */
  private double longestDuration() {
    double pauses =
        mix.parts().stream().mapToDouble(TrafficMix.Part::longestPauseSeconds).max().orElse(0);
    return plan.durationSeconds() + pauses + 1;
  }

  private static Assertion errorRateOfAll(double rate) {
    return rate == 0
        ? global().failedRequests().count().is(0L)
        : global().failedRequests().percent().lt(rate * 100);
  }

  private static Assertion percentileOfAll(double percentile, Duration limit) {
    return global().responseTime().percentile(percentile).lt((int) limit.toMillis());
  }
}
