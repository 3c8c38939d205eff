package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldTest {
  private static final RunMetadata ONE = new SyntheticRun().facts();

  @Test
  void theOnlyHoldNeedsNoName() {
    assertThat(Hold.of(ONE, 0))
        .extracting(Hold::name, Hold::suffix, Hold::from, Hold::to)
        .containsExactly(tuple("", "", 5, 65));
  }

  @Test
  void eachOfSeveralHoldsHasItsNameAndAPauseIsNone() {
    Map<String, Double> load = Map.of("auth", 5.0);
    RunMetadata several =
        ONE.withPhases(
            List.of(
                new Phase("ramp", 0, 60, false, 0, 0, load),
                new Phase("hold 5", 60, 120, true, 0, 0, load),
                new Phase("pause", 120, 180, true, 0, 0, Map.of("auth", 0.0)),
                new Phase("hold 6", 180, 300, true, 0, 0, load)));
    assertThat(Hold.of(several, 0))
        .extracting(Hold::name)
        .containsExactly(" in hold 5 (1:00 to 2:00)", " in hold 6 (3:00 to 5:00)");
    assertThat(Hold.of(several, 0)).extracting(Hold::suffix).containsExactly(".hold-1", ".hold-2");
    assertThat(Hold.of(several, 0)).extracting(Hold::seconds).containsExactly(60, 120);
  }

  @Test
  void latencyIsPlannedForTheSteadySecondsOnlyAndErrorsForAll() {
    Hold hold = new Hold("", "", 5, 65, 15);
    Limit slow = Limit.p95(Duration.ofMillis(300));
    assertThat(hold.planned(ONE, "auth", Limit.errors(0.01))).isEqualTo(300);
    assertThat(hold.planned(ONE, "auth", slow)).isEqualTo(250);
    assertThat(hold.planned(ONE, "all", slow)).isEqualTo(5000);
    assertThat(hold.planned(ONE, "nobody", slow)).isZero();
  }
}
