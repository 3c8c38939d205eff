package com.soundcore.kcp.injection;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;

import com.soundcore.kcp.config.tests.Stage;
import io.gatling.javaapi.core.ClosedInjectionStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The concurrent users of the closed model, second by second. Gatling receives a number for each
 * second instead of a ramp, so that the injectors' shares add up in every second.
 */
final class Users {
  private final long[] bySecond;

  /**
   * @param stages the stages; durations are whole seconds and levels whole users
   */
  Users(List<Stage> stages) {
    bySecond = stages.stream().flatMapToLong(Users::seconds).toArray();
  }

  /** A ramp reaches its level in its last second. */
  private static LongStream seconds(Stage stage) {
    long seconds = stage.duration().toSeconds();
    double step = (stage.to() - stage.from()) / seconds;
    return LongStream.rangeClosed(1, seconds)
        .map(second -> Math.round(stage.from() + step * second));
  }

  long at(long second, Share share) {
    return second < 0 || second >= bySecond.length ? 0 : share.of(bySecond[(int) second]);
  }

  /** Returns the sum of a share's users over all seconds. */
  double userSeconds(Share share) {
    double sum = 0;
    for (long users : bySecond) {
      sum += share.of(users);
    }
    return sum;
  }

  ClosedInjectionStep[] steps(Share share) {
    List<ClosedInjectionStep> steps = new ArrayList<>();
    int start = 0;
    for (int second = 1; second <= bySecond.length; second++) {
      boolean ends = second == bySecond.length || at(second, share) != at(start, share);
      if (ends) {
        Duration duration = Duration.ofSeconds(second - start);
        steps.add(constantConcurrentUsers((int) at(start, share)).during(duration));
        start = second;
      }
    }
    return steps.toArray(ClosedInjectionStep[]::new);
  }
}
