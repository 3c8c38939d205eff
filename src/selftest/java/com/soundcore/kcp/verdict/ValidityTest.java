package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Stopped;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticRun.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {
  private static final long BEGAN = 1_700_000_000_000L;
  private static final String NOT_WHOLE =
      "the run was stopped before its end; its log is not whole";

  @TempDir private Path folder;

  private RunFolder run(SyntheticRun written, Order order) {
    return written.write(folder, order);
  }

  private static RunModel model(RunFolder run) {
    RunMetadata facts = run.facts();
    return RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts));
  }

  private static List<String> interruptions(RunMetadata facts, RunModel model) {
    return new Validity(SyntheticRun.CONFIG.injector(), facts, model).interruptions();
  }

  private static List<String> interruptions(RunFolder run) {
    return interruptions(run.facts(), model(run));
  }

  private static Order failing(String message) {
    return Order.failing(
        (service, second, number) -> service.equals("auth") && second == 9 ? message : "");
  }

  @Test
  void aWholeRunHasNoInterruption() {
    assertThat(interruptions(run(new SyntheticRun(), failing("status, 503 in place of 200"))))
        .isEmpty();
  }

  @Test
  void aRunWithoutARequestMeasuredNothing() {
    Order none = Order.sending((service, second, planned) -> 0);
    assertThat(interruptions(run(new SyntheticRun(), none)))
        .containsExactly("no request was measured");
  }

  @Test
  void aRunThatDidNotFinishIsNotWhole() {
    assertThat(interruptions(run(new SyntheticRun().unfinished(), new Order() {})))
        .containsExactly(NOT_WHOLE);
  }

  @Test
  void aLogWithoutItsChecksumIsNotProvedToBeWhole() throws IOException {
    RunFolder run = run(new SyntheticRun(), new Order() {});
    Files.delete(run.file("simulation.log.crc32c"));
    assertThat(interruptions(run))
        .containsExactly(
            "the checksum of the log is missing (kcp/simulation.log.crc32c), so nothing proves"
                + " that the log is whole; copy the run's whole folder again");
  }

  @Test
  void callsThatNeverLeftThisMachineAreNamed() {
    assertThat(interruptions(run(new SyntheticRun(), failing("Too many open files"))))
        .containsExactly(
            "5 calls never left the generator's machine: Too many open files; check its ports,"
                + " open files and name resolution");
  }

  @Test
  void callsThatCouldNotBeSentAreCounted() {
    RunFolder run = run(new SyntheticRun(), new Order() {});
    assertThat(interruptions(run.facts(), unsent(model(run), Map.of("no token", 1_200L))))
        .containsExactly("1,200 calls could not even be sent: no token");
  }

  private static RunModel unsent(RunModel of, Map<String, Long> errors) {
    return new RunModel(
        of.simulation(),
        of.startedAtMs(),
        of.cut(),
        of.sealed(),
        of.whole(),
        of.services(),
        of.requests(),
        of.steady(),
        of.steadyByService(),
        of.phases(),
        of.phasesBySubject(),
        of.holds(),
        of.timeline(),
        of.timelines(),
        of.operations(),
        of.errors(),
        of.errorsByService(),
        of.errorHistories(),
        errors,
        of.steadySeconds());
  }

  private static RunMetadata merged(RunMetadata whole, int missing, RunMetadata... parts) {
    return new RunMetadata(
        whole.setup(),
        whole.operations(),
        whole.shares(),
        whole.phases(),
        whole.startedAtMs(),
        whole.plannedArrivals(),
        whole.end(),
        List.of(parts),
        missing);
  }

  private static SyntheticRun part(int injector) {
    return new SyntheticRun().injector(injector, 4);
  }

  @Test
  void injectorsThatAreMissingOrWereStoppedAreNamed() {
    RunFolder run = run(part(0), new Order() {});
    RunMetadata facts = merged(run.facts(), 2, part(0).facts(), part(2).unfinished().facts());
    assertThat(interruptions(facts, model(run)))
        .containsExactly(
            "injector 2 was stopped before its end",
            "2 of 4 injectors are missing (1, 3): their part of the load was not measured");
  }

  @ParameterizedTest
  @CsvSource({"2000, false", "2001, true"})
  void injectorsMustStartTogether(long gap, boolean late) {
    RunFolder run = run(part(0), new Order() {});
    RunMetadata facts =
        merged(
            run.facts(),
            0,
            part(0).startedAt(BEGAN + gap).facts(),
            part(1).startedAt(BEGAN).withClockBehindBy(5000).facts());
    String sentence = "injector 0 started 2,001 ms after the first (limit 2,000 ms)";
    assertThat(interruptions(facts, model(run))).isEqualTo(late ? List.of(sentence) : List.of());
  }

  /** That clock has whole seconds. */
  @ParameterizedTest
  @CsvSource({"3000, false", "3001, true"})
  void whereTheTargetsClockIsKnownThatOneCounts(long gap, boolean late) {
    RunFolder run = run(part(0), new Order() {});
    RunMetadata facts =
        merged(
            run.facts(),
            0,
            part(0).startedAt(BEGAN + 9000).withClockBehindBy(-9000).facts(),
            part(1).startedAt(BEGAN).withClockBehindBy(gap).facts());
    String sentence =
        "injector 1 started 3,001 ms after the first (limit 2,000 ms) by the target's clock:"
            + " are the injectors' clocks synchronised?";
    assertThat(interruptions(facts, model(run))).isEqualTo(late ? List.of(sentence) : List.of());
  }

  /** The log has 300 calls of auth. */
  private List<String> counted(long ok, long failed, boolean finished, Stopped stopped) {
    RunFolder run = run(new SyntheticRun(), new Order() {});
    RunEnd end = run.facts().end();
    RunMetadata facts =
        run.facts()
            .ended(
                new RunEnd(
                    finished,
                    end.shedCalls(),
                    end.closedConnections(),
                    end.generator(),
                    Map.of("auth / call", new Answered(ok, failed)),
                    stopped,
                    0,
                    null,
                    null,
                    0));
    return interruptions(facts, model(run));
  }

  @Test
  void everyCallThatWasCountedMustStandInTheLog() {
    assertThat(counted(299, 1, true, null)).isEmpty();
    assertThat(counted(300, 1, true, null))
        .containsExactly("the log has 300 of 301 calls of auth / call; it is not whole");
    assertThat(counted(299, 0, true, null))
        .containsExactly("the log has 300 of 299 calls of auth / call; it is not whole");
  }

  @Test
  void ofARunThatWasStoppedTheCountsNeedNotAgree() {
    assertThat(counted(900, 1, true, new Stopped(60, "errors"))).isEmpty();
    assertThat(counted(900, 1, false, null)).containsExactly(NOT_WHOLE);
  }
}
