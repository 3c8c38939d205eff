package com.soundcore.kcp.finding;

import static com.soundcore.kcp.testkit.ObservedRun.from;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors that no figure of a resource explains, and such as are beside one that does. */
class FailuresTest {
  private static final double MB = 1e6;

  @TempDir private Path folder;

  private final ObservedRun seen = new ObservedRun();

  /** A fifth of what analytics is asked fails, and it may be slow, too. */
  private static SyntheticRun.Order failing(String error, int slowFrom) {
    return new SyntheticRun.Order() {
      @Override
      public String error(String service, int second, int number) {
        boolean fails = service.equals("analytics") && second >= 30 && number % 5 == 0;
        return fails ? error : "";
      }

      @Override
      public int millis(String service, int second, int number) {
        return service.equals("analytics") && second >= slowFrom ? 700 : 5 + number % 5;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"unauthorized, 401", "server-errors, 500"})
  void noBusyProcessorMakesAServiceFailThatIsAsFastAsEver(String kind, String status) {
    seen.figure("analytics", "cpu", second -> 0.95);
    assertThat(
            seen.evidence(
                folder, failing("status, " + status + " in place of 200", 60), kind, "analytics"))
        .contains("status, " + status + " in place of 200");
  }

  @Test
  void whatIsRefusedIsSaidBesideWhatIsSlow() {
    seen.figure("analytics", "cpu", from(35, 0.2, 0.97));
    assertThat(seen.findings(folder, failing("status, 401 in place of 200", 30)))
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder("cpu-saturation", "unauthorized");
  }

  @Test
  void aLeakThatNobodyFeelsYetHidesNoErrors() {
    seen.figure("analytics", "memory", second -> (100 + 5 * second) * MB);
    assertThat(seen.findings(folder, failing("status, 500 in place of 200", 60)))
        .extracting(Finding::kind)
        .containsExactly("server-errors", "memory-leak");
  }

  @Test
  void whatIsRefusedFasterThanItIsAnsweredMakesNoAnswerSlow() {
    seen.figure("analytics", "cpu", second -> 0.95);
    SyntheticRun.Order expired =
        new SyntheticRun.Order() {
          @Override
          public String error(String service, int second, int number) {
            boolean refused = service.equals("analytics") && second >= 40;
            return refused ? "status, 401 in place of 200" : "";
          }

          @Override
          public int millis(String service, int second, int number) {
            return service.equals("analytics") && second < 40 ? 120 : 2;
          }
        };
    assertThat(seen.evidence(folder, expired, "unauthorized", "analytics")).contains("401");
  }

  @Test
  void callsThatAreTurnedAwayAreSaidBesideAFullProcessor() {
    seen.figure("analytics", "cpu", second -> 0.95);
    assertThat(seen.findings(folder, failing("status, 429 in place of 200", 60)))
        .extracting(Finding::kind)
        .containsExactly("cpu-saturation", "rate-limited");
  }

  @Test
  void aServiceThatEndsInTimeoutsHasGotSlowAndStaysSo() {
    SyntheticRun.Order silent =
        new SyntheticRun.Order() {
          @Override
          public String error(String service, int second, int number) {
            return is(service, second) ? "Request timeout to 127.0.0.1 after 3000 ms" : "";
          }

          @Override
          public int millis(String service, int second, int number) {
            return is(service, second) ? 3000 : 5;
          }

          private boolean is(String service, int second) {
            return service.equals("content") && second >= 45;
          }
        };
    assertThat(seen.all(folder, silent).lastingSteps())
        .singleElement()
        .asString()
        .contains("content: p95 rose from 5 to ");
  }
}
