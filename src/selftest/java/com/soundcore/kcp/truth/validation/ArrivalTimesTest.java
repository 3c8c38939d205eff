package com.soundcore.kcp.truth.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.truth.generator.ArrivalTimes;
import com.soundcore.kcp.truth.model.GeneratorModel.Arrivals;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.truth.time.Micros;
import com.soundcore.kcp.workload.TrafficMix;
import io.gatling.javaapi.core.OpenInjectionStep;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.collection.Iterator;
import scala.concurrent.duration.FiniteDuration;

class ArrivalTimesTest {
  private static Plan plan(KcpConfig config, String test) {
    return new Plan(
        config, config.tests().get(test), TrafficMix.of(config, config.workloads().get("mixed")));
  }

  private static List<Long> times(Plan plan, String service, Arrivals arrivals) {
    ArrivalTimes times = new ArrivalTimes(plan, service, arrivals, new Draws(3, "arrivals"));
    List<Long> all = new ArrayList<>();
    for (long at = times.next(); at != ArrivalTimes.NONE; at = times.next()) {
      all.add(at);
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "qps10k, 0.02, 0.1, 1",
    "qps10k, 0.37, 0.02, 3",
    "breakpoint, 0.013, 0.3, 1",
    "soak, 0.011, 0.01, 2",
    "spike, 0.7, 0.2, 1",
    "load, 0.5, 0.05, 1",
  })
  void usersComeExactlyWhenGatlingLetsThem(String test, String load, String time, String count)
      throws Exception {
    KcpConfig config =
        Simulated.config(
            "kcp.load-scale",
            load,
            "kcp.time-scale",
            time,
            "kcp.injection",
            "open",
            "kcp.injector.count",
            count);
    Plan plan = plan(config, test);
    for (Service service : config.services()) {
      List<Long> gatling = new ArrayList<>();
      long start = 0;
      OpenInjectionStep[] steps = plan.openSteps(service);
      for (int i = 0; i < steps.length; i++) {
        long from = start;
        gatlingMicros(steps[i]).forEach(at -> gatling.add(from + at));
        start += plan.stages().get(i).duration().toSeconds() * Micros.SECOND;
      }
      assertThat(times(plan, service.name(), Arrivals.EVEN)).isEqualTo(gatling);
    }
  }

  private static List<Long> gatlingMicros(OpenInjectionStep step) throws Exception {
    Object scala = step.asScala();
    List<Long> times = new ArrayList<>();
    for (Method method : scala.getClass().getMethods()) {
      if (method.getName().equals("chain") && method.getParameterCount() == 1) {
        method.setAccessible(true);
        Iterator<?> iterator = (Iterator<?>) method.invoke(scala, Iterator.empty());
        while (iterator.hasNext()) {
          times.add(((FiniteDuration) iterator.next()).toMicros());
        }
        return times;
      }
    }
    throw new NoSuchMethodException("chain");
  }

  @Test
  void usersThatComeByChanceAreAsManyInEachStageAndInOrder() {
    KcpConfig config = Simulated.config("kcp.load-scale", "0.05", "kcp.time-scale", "0.2");
    Plan plan = plan(config, "qps10k");
    List<Long> times = times(plan, "knowledge", Arrivals.POISSON);
    assertThat(times).isSorted();
    long ramp = plan.stages().get(0).duration().toSeconds() * Micros.SECOND;
    assertThat(times.stream().filter(at -> at < ramp).count())
        .isEqualTo(plan.arrivals("knowledge", 0, plan.share()));
    assertThat(times.size()).isEqualTo(times(plan, "knowledge", Arrivals.EVEN).size());
    // The number that comes in a second of the hold differs from second to second by its root.
    double[] counts = new double[(int) plan.durationSeconds()];
    times.forEach(at -> counts[(int) (at / Micros.SECOND)]++);
    double mean = 0;
    double square = 0;
    int seconds = 0;
    for (int i = (int) (ramp / Micros.SECOND); i < counts.length; i++) {
      mean += counts[i];
      square += counts[i] * counts[i];
      seconds++;
    }
    mean /= seconds;
    double variance = square / seconds - mean * mean;
    assertThat(variance / mean).isBetween(0.6, 1.5);
  }
}
