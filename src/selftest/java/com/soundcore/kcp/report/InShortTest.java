package com.soundcore.kcp.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InShortTest {
  @TempDir private Path folder;

  private JudgedRun judged(SyntheticRun run, SyntheticRun.Order order) {
    return RunJudge.judgeAndWrite(run.write(folder, order), SyntheticRun.CONFIG);
  }

  @Test
  void errorsBeginWithTheFirstErrorAndNotWithAnEarlierSlowness() {
    JudgedRun run =
        judged(
            new SyntheticRun().holding(120),
            new SyntheticRun.Order() {
              @Override
              public int millis(String service, int second, int number) {
                return service.equals("support") && second >= 20 && second < 35 ? 900 : 5;
              }

              @Override
              public String error(String service, int second, int number) {
                return service.equals("support") && second >= 80
                    ? "status, 503 in place of 200"
                    : "";
              }
            });
    List<Finding> errors =
        run.findings().findings().stream().filter(f -> f.kind().equals("server-errors")).toList();
    assertThat(errors).hasSize(1).allMatch(finding -> finding.fromSecond() == 85);
  }

  @Test
  void aGeneratorThatFallsBehindIsTheWorstFromThatMomentOn() {
    JudgedRun run =
        judged(
            new SyntheticRun().holding(120),
            SyntheticRun.Order.sending(
                (service, second, planned) -> second >= 50 ? planned * 6 / 10 : planned));
    InShort inShort = InShort.of(run);
    assertThat(inShort.worst()).startsWith("the generator");
    // Its window of 10 s may begin a little before.
    assertThat(inShort.since())
        .matches("from 0:(4[6-9]|5[0-6]): it started fewer calls than planned");
  }

  @Test
  void aLowRateWithItsChanceIsNoBeginning() {
    // Of auth's 5 calls a second every second one has 4, as random arrivals do.
    JudgedRun run =
        judged(
            new SyntheticRun().holding(120),
            new SyntheticRun.Order() {
              @Override
              public int requests(String service, int second, int planned) {
                return service.equals("auth") && second % 8 < 3 ? planned - 1 : planned;
              }

              @Override
              public String error(String service, int second, int number) {
                return service.equals("auth") && second >= 100 ? "status, 503 in place of 200" : "";
              }
            });
    assertThat(InShort.of(run).worst()).startsWith("auth: ");
    assertThat(InShort.of(run).since()).startsWith("from 1:45");
  }

  @Test
  void ofARunWithoutFaultsTheLeastRoomIsThatOfItsGates() {
    JudgedRun run = judged(new SyntheticRun(), new SyntheticRun.Order() {});
    assertThat(InShort.of(run).worst())
        .isEqualTo(
            "none; auth has the least room: its p95 was 9 ms of the 200 ms that it may take");
  }

  @Test
  void aBreakingPointThatWasNotFoundIsNoPointOfATrend() throws Exception {
    String summary = "{\"breakpoint\":{\"outcome\":\"%s\",\"lastHeld\":{\"plannedRps\":400}}}";
    TrendFigure point = TrendFigure.FIGURES.get(4);
    assertThat(point.name()).isEqualTo("breaking point");
    for (String outcome : List.of("GENERATOR", "NOT_FOUND", "NOT_CONFIRMED")) {
      assertThat(point.in(new ObjectMapper().readTree(summary.formatted(outcome)), TrendFigure.ALL))
          .isEmpty();
    }
    assertThat(point.in(new ObjectMapper().readTree(summary.formatted("FOUND")), TrendFigure.ALL))
        .hasValue(400);
  }
}
