package com.soundcore.kcp.live;

import static com.soundcore.kcp.live.TickFixture.calls;
import static com.soundcore.kcp.live.TickFixture.flow;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.EarlyStop;
import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.run.Stopped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class EarlyStopDecisionTest {
  private static final EarlyStop OPTIONS =
      new EarlyStop(Duration.ofSeconds(10), true, Duration.ofHours(1));
  private static final IntFunction<Optional<String>> NOTHING_LOST = second -> Optional.empty();
  private static final Flow ONLY_ERRORS = flow(calls(5, 5, 5, 9L), calls(50, 50, 5, 9L));
  private static final Flow ONE_IS_RIGHT = flow(calls(5, 5, 4, 9L), calls(50, 50, 5, 9L));
  private static final Flow SILENT = flow(calls(0, 0, 0, null), calls(50, 50, 5, 9L));
  private static final Flow UNANSWERED = flow(calls(0, 0, 0, null), calls(50, 49, 5, 9L));

  private final EarlyStopDecision decision =
      new EarlyStopDecision(OPTIONS, true, NOTHING_LOST, Optional.empty());

  private void see(int from, int to, Flow flow) {
    for (int second = from; second <= to; second++) {
      decision.accept(TickFixture.at(second, "hold", 0, Map.of("auth", flow)));
    }
  }

  @Test
  void aServiceThatHasAnsweredNothingButErrorsForLongEnoughEndsTheLoad() {
    see(20, 29, ONLY_ERRORS);
    assertThat(decision.stops()).isFalse();
    see(30, 35, ONLY_ERRORS);
    assertThat(decision.stops()).isTrue();
    assertThat(decision.decision())
        .contains(new Stopped(30, "auth has answered nothing but errors for 10 s"));
  }

  @Test
  void oneRightAnswerBeginsTheCountAnew() {
    see(20, 28, ONLY_ERRORS);
    see(29, 29, ONE_IS_RIGHT);
    see(30, 39, ONLY_ERRORS);
    assertThat(decision.stops()).isFalse();
  }

  @Test
  void aServiceThatNobodyAsksIsNotBrokenAndOneThatOwesAnswersIs() {
    see(20, 60, SILENT);
    assertThat(decision.stops()).isFalse();
    see(61, 71, UNANSWERED);
    assertThat(decision.decision())
        .contains(new Stopped(71, "auth has answered nothing but errors for 10 s"));
  }

  @Test
  void aServiceWithoutAnyErrorIsSlowAndNotBroken() {
    see(20, 60, flow(calls(5, 0, 0, null), new Figures(50, 0, 0, null, null, null)));
    assertThat(decision.stops()).isFalse();
  }

  @Test
  void aLostLimitEndsTheLoadAndTheFirstReasonStays() {
    EarlyStopDecision lost =
        new EarlyStopDecision(
            OPTIONS,
            true,
            second -> second < 7 ? Optional.empty() : Optional.of("lost at " + second),
            Optional.empty());
    for (int second = 0; second < 20; second++) {
      lost.accept(TickFixture.at(second, "hold", 0, Map.of()));
    }
    assertThat(lost.decision()).contains(new Stopped(7, "lost at 7"));
  }

  @Test
  void afterThePlannedEndAndWhereATestForbidsItNothingIsStopped() {
    EarlyStopDecision forbidden =
        new EarlyStopDecision(OPTIONS, false, second -> Optional.of("lost"), Optional.empty());
    forbidden.accept(TickFixture.at(5, "hold", 0, Map.of()));
    assertThat(forbidden.stops()).isFalse();
    EarlyStopDecision late =
        new EarlyStopDecision(OPTIONS, true, second -> Optional.of("lost"), Optional.empty());
    late.accept(TickFixture.at(120, "", 0, Map.of()));
    assertThat(late.stops()).isFalse();
    late.accept(TickFixture.at(119, "", 0, Map.of()));
    assertThat(late.stops()).isTrue();
  }
}
