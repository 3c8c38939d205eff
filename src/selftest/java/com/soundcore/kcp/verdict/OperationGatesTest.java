package com.soundcore.kcp.verdict;

import static com.soundcore.kcp.testkit.SyntheticVerdict.assertOutcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a part of a service, or of a run, that is too small for its averages. */
class OperationGatesTest {
  private static final String FAILED = "status, 500 in place of 200";
  private static final SyntheticRun RUN =
      new SyntheticRun()
          .holding(600)
          .withLoadInItsRamp()
          .withShares(Map.of("knowledge / list", 0.96, "knowledge / search", 0.04));

  @TempDir private Path folder;

  private interface Calls {
    boolean has(String service, int second, int number);
  }

  /** Of 50 calls a second two are searches. */
  private static boolean isSearch(String service, int number) {
    return service.equals("knowledge") && number % 25 == 24;
  }

  private static class Searches implements Order {
    @Override
    public String operation(String service, int second, int number) {
      return service.equals("knowledge") ? isSearch(service, number) ? "search" : "list" : "call";
    }
  }

  private static Order slow(Calls calls) {
    return new Searches() {
      @Override
      public int millis(String service, int second, int number) {
        return calls.has(service, second, number) ? 2500 : 5;
      }
    };
  }

  private static Order failing(Calls calls) {
    return new Searches() {
      @Override
      public String error(String service, int second, int number) {
        return calls.has(service, second, number) ? FAILED : "";
      }
    };
  }

  private Verdict verdict(SyntheticRun run, Order order) {
    return SyntheticVerdict.of(run.write(folder, order));
  }

  private static Gate gate(Verdict verdict, String id) {
    return verdict.gates().stream().filter(of -> of.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aSlowOperationFailsThoughItsServiceIsFast() {
    Verdict verdict = verdict(RUN, slow((service, second, number) -> isSearch(service, number)));
    assertThat(gate(verdict, "knowledge.p95").status()).isEqualTo(Gate.Outcome.PASS);
    assertOutcome(
        verdict,
        Status.FAIL,
        "knowledge / search p95 must be < 300 ms: 2,501 ms (n = 1,196); at least 99.409 % of the"
            + " calls take 300 ms or longer with 95 % confidence");
  }

  @Test
  void anOperationThatFailsWithinTheBudgetOfItsServiceFails() {
    Verdict verdict =
        verdict(
            RUN,
            failing(
                (service, second, number) ->
                    isSearch(service, number) && second % 50 == 7 && second > 0));
    // 24 of 30,000 calls of the service, where 0.1 % are allowed; 2 % of its searches
    assertThat(gate(verdict, "knowledge.errors").status()).isNotEqualTo(Gate.Outcome.FAIL);
    assertThat(gate(verdict, "knowledge / search.errors").status()).isEqualTo(Gate.Outcome.FAIL);
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
  }

  /** 20 of 1,200 searches within ten seconds, where 1.2 may fail. */
  @Test
  void oneShortOutageOfARareOperationIsNoPass() {
    Verdict verdict =
        verdict(
            RUN,
            failing(
                (service, second, number) ->
                    isSearch(service, number) && second >= 300 && second < 310));
    assertThat(gate(verdict, "knowledge / search.errors").status())
        .isEqualTo(Gate.Outcome.UNDECIDED);
    assertOutcome(
        verdict,
        Status.FAIL,
        "knowledge / search must not be down: from 5:05 to 5:15 at least half of its calls failed"
            + " in every second (20 of 20)");
  }

  /** Two searches a second: 4 within two seconds, 6 within three. */
  @ParameterizedTest
  @CsvSource({"2, false", "3, true"})
  void anOperationIsDownForThreeSecondsOrMore(int seconds, boolean down) {
    Verdict verdict =
        verdict(
            RUN,
            failing(
                (service, second, number) ->
                    isSearch(service, number) && second >= 300 && second < 300 + seconds));
    assertThat(verdict.gates())
        .filteredOn(gate -> gate.id().equals("knowledge / search.down"))
        .hasSize(down ? 1 : 0)
        .allMatch(gate -> gate.status() == Gate.Outcome.FAIL);
  }

  /** One search a second: three or four chance errors in a row are no outage. */
  @ParameterizedTest
  @CsvSource({"4, false", "5, true"})
  void aFewErrorsOfARareOperationAreNoOutage(int seconds, boolean down) {
    Verdict verdict =
        verdict(
            RUN,
            failing(
                (service, second, number) ->
                    isSearch(service, number)
                        && number == 24
                        && second >= 300
                        && second < 300 + seconds));
    assertThat(verdict.gates())
        .filteredOn(gate -> gate.id().equals("knowledge / search.down"))
        .hasSize(down ? 1 : 0);
  }

  @Test
  void whereTheServiceFailsItsOperationsAreNoFurtherReason() {
    Verdict verdict = verdict(RUN, slow((service, second, number) -> service.equals("knowledge")));
    assertThat(gate(verdict, "knowledge / search.p95").status()).isEqualTo(Gate.Outcome.FAIL);
    assertThat(verdict.reasons())
        .filteredOn(reason -> reason.contains("knowledge"))
        .singleElement()
        .asString()
        .startsWith("knowledge p95 must be < 300 ms: 2,501 ms");
  }

  @Test
  void whatARareOperationCannotProveIsSaidOfAllOperationsAtOnce() {
    Verdict verdict = verdict(RUN, new Searches());
    assertThat(verdict.status()).isEqualTo(Status.PASS);
    assertThat(verdict.notProved())
        .contains("knowledge errors < 0.1 % of each operation alone (search): too few calls");
  }

  @Test
  void errorsInARampFailTheRun() {
    Verdict verdict =
        verdict(
            RUN,
            failing(
                (service, second, number) ->
                    service.equals("analytics") && second < 0 && number % 8 == 0));
    assertThat(verdict.reasons())
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .startsWith("analytics must have fewer errors than 0.5 %: ")
                    .contains(" in ramp to 100 (0:00 to 0:05); at least "));
    assertThat(gate(verdict, "analytics.errors").status()).isNotEqualTo(Gate.Outcome.FAIL);
  }

  @Test
  void noServiceHidesAmongTheOthersInSpike() {
    // 6 % of its calls, which are a twentieth of all
    Verdict verdict =
        verdict(
            RUN.of("spike"),
            failing(
                (service, second, number) ->
                    service.equals("auth")
                        && second > 200
                        && second < 440
                        && second % 2 == 0
                        && number < 2));
    RUN.of("qps10k");
    assertThat(gate(verdict, "all.errors").status()).isEqualTo(Gate.Outcome.PASS);
    assertThat(verdict.reasons())
        .anyMatch(reason -> reason.startsWith("auth must have fewer errors than 1 %: "));
    assertThat(verdict.status()).isEqualTo(Status.FAIL);
  }

  @Test
  void anOperationMayHaveLimitsOfItsOwn() {
    Properties properties = new Properties();
    properties.setProperty("kcp.targets.knowledge.operations.search.p95", "3s");
    KcpConfig config = ConfigLoader.load(properties);
    RunFolder run = RUN.write(folder, slow((service, second, number) -> isSearch(service, number)));
    Verdict verdict =
        Judge.judge(
            config,
            run.facts(),
            RunModelBuilder.read(run, run.facts(), 2, Judge.limits(config, run.facts())));
    assertThat(gate(verdict, "knowledge / search.p95").required()).isEqualTo("p95 < 3000 ms");
    assertThat(verdict.status()).isEqualTo(Status.PASS);
  }
}
