package com.soundcore.kcp.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.tests.Stage;
import io.gatling.javaapi.core.ClosedInjectionStep;
import io.gatling.javaapi.core.OpenInjectionStep;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.collection.Iterator;
import scala.concurrent.duration.FiniteDuration;

/** What Gatling's own steps really inject, counted without sending anything. */
class GatlingStepsTest {
  @ParameterizedTest
  @CsvSource({
    // level, arrivals per level, ramp, hold, injectors
    "10000, 0.4545454545454546, 45, 300, 1",
    "10000, 0.4545454545454546, 45, 300, 3",
    "2000, 0.1, 60, 90, 7",
    "137, 0.0333333, 13, 17, 2",
    "100, 0.45, 120, 300, 4",
    "3, 0.01, 5, 10, 5",
  })
  void gatlingInjectsExactlyThePlannedArrivals(
      double level, double perLevel, int ramp, int hold, int count) throws Exception {
    List<Stage> stages =
        List.of(
            new Stage("ramp", 0, level, Duration.ofSeconds(ramp)),
            new Stage("hold", level, level, Duration.ofSeconds(hold)),
            new Stage("ramp", level, level / 3, Duration.ofSeconds(ramp)));
    Arrivals arrivals = new Arrivals(stages, perLevel);
    long sum = 0;
    for (int index = 0; index < count; index++) {
      Share share = new Share(index, count);
      OpenInjectionStep[] steps = arrivals.steps(share);
      for (int stage = 0; stage < steps.length; stage++) {
        long injected = injectedBy(steps[stage]);
        assertThat(injected).isEqualTo(arrivals.inStage(stage, share));
        sum += injected;
      }
    }
    assertThat(sum).isEqualTo(arrivals.total(Share.WHOLE));
  }

  @ParameterizedTest
  @CsvSource({"100, 10, 60, 1", "1000, 10, 180, 3", "7, 120, 5, 4"})
  void gatlingHoldsExactlyThePlannedUsers(double level, int ramp, int hold, int count)
      throws Exception {
    List<Stage> stages =
        List.of(
            new Stage("ramp", 0, level, Duration.ofSeconds(ramp)),
            new Stage("hold", level, level, Duration.ofSeconds(hold)),
            new Stage("ramp", level, 0, Duration.ofSeconds(ramp)));
    Users users = new Users(stages);
    for (int index = 0; index < count; index++) {
      Share share = new Share(index, count);
      int second = 0;
      for (ClosedInjectionStep step : users.steps(share)) {
        Object scala = step.asScala();
        FiniteDuration duration = (FiniteDuration) invoke(scala, "duration");
        for (int i = 0; i < duration.toSeconds(); i++) {
          assertThat(invoke(scala, "valueAt", duration)).isEqualTo((int) users.at(second++, share));
        }
      }
      assertThat(second).isEqualTo(2 * ramp + hold);
    }
  }

  private static long injectedBy(OpenInjectionStep step) throws Exception {
    Object times = invoke(step.asScala(), "chain", Iterator.empty());
    long count = 0;
    for (Iterator<?> iterator = (Iterator<?>) times; iterator.hasNext(); iterator.next()) {
      count++;
    }
    return count;
  }

  private static Object invoke(Object target, String name, Object... arguments) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        method.setAccessible(true);
        return method.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(target.getClass() + "." + name);
  }
}
