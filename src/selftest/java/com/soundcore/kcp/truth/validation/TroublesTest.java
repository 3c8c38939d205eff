package com.soundcore.kcp.truth.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.truth.generator.Messages;
import com.soundcore.kcp.truth.model.GeneratorModel;
import com.soundcore.kcp.truth.model.ServiceTime;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.model.Truth.OfService;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.truth.validation.Simulated.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each trouble shows in the log as it would in a real one: 100 calls/s from second 15 to 75. */
class TroublesTest {
  private static final KcpConfig CONFIG = Simulated.singleCalls("0.02", "0.2");

  @TempDir Path folder;
  private SimulatedRun run;

  private List<Request> with(Trouble... troubles) {
    return with(GeneratorModel.HEALTHY, troubles);
  }

  private List<Request> with(GeneratorModel generator, Trouble... troubles) {
    SystemUnderTest system = SystemUnderTest.healthy(CONFIG, ServiceTime.constant(10), 0.2);
    for (Trouble trouble : troubles) {
      system = system.with("knowledge", service -> service.with(trouble));
    }
    run = Simulation.of(CONFIG, "Qps10k", system).by(generator).run(folder);
    return Simulated.requests(run);
  }

  private OfService truth() {
    return run.truth().services().get("knowledge");
  }

  private static long count(List<Request> requests, Predicate<Request> which) {
    return requests.stream().filter(which).count();
  }

  private static double meanMs(List<Request> requests, int fromSecond, int toSecond) {
    return requests.stream()
        .filter(r -> r.startMs() >= fromSecond * 1000 && r.startMs() < toSecond * 1000)
        .mapToInt(Request::millis)
        .average()
        .orElseThrow();
  }

  @Test
  void inAStallNothingIsAnsweredAndAllOfItAfterwards() {
    List<Request> requests = with(new Trouble.Stall(30, 4));
    assertThat(requests).noneMatch(r -> r.endMs() > 30_001 && r.endMs() < 34_000);
    assertThat(requests).allMatch(Request::ok);
    assertThat(requests.stream().mapToInt(Request::millis).max().orElse(0)).isBetween(3_900, 4_500);
    assertThat(meanMs(requests, 37, 70)).isEqualTo(10);
  }

  @Test
  void aDroppedCallIsSentAgainWithoutAWordAndOnlyTheServerCountsIt() {
    List<Request> requests = with(new Trouble.Drops(0.1, 5));
    assertThat(requests).hasSizeGreaterThan(5_000).allMatch(Request::ok);
    assertThat((double) truth().droppedTries()).isCloseTo(requests.size() / 9.0, within(120.0));
    assertThat(truth().requests()).isEqualTo(requests.size() + truth().droppedTries());
  }

  @Test
  void aCallThatWasDroppedTooOftenHasFailed() {
    List<Request> requests = with(new Trouble.Drops(0.5, 1));
    long failed = count(requests, r -> r.message().equals("i.n.h.c.PrematureCloseException"));
    assertThat((double) failed / requests.size()).isCloseTo(0.25, within(0.03));
    assertThat(truth().requests()).isEqualTo(requests.size() - failed + truth().droppedTries());
  }

  @Test
  void whatIsNeverAnsweredTimesOut() {
    List<Request> requests = with(new Trouble.Hangs(0.01));
    String message = "Request timeout to 127.0.0.1 after 10000 ms";
    assertThat(truth().hung()).isBetween(40L, 90L);
    assertThat(count(requests, r -> r.message().equals(message) && r.millis() == 10_000))
        .isEqualTo(truth().hung());
  }

  @Test
  void aTimeoutDoesNotEndTheServersWork() {
    List<Request> requests =
        with(GeneratorModel.HEALTHY.withTimeout(2_000), new Trouble.Stall(30, 4));
    assertThat(count(requests, r -> !r.ok())).isBetween(200L, 280L);
    assertThat(truth().requests()).isEqualTo(requests.size());
  }

  @Test
  void inAnOutageConnectionsAreRefused() {
    List<Request> requests = with(new Trouble.Outage(30, 33, true));
    assertThat(count(requests, r -> r.message().equals(Messages.REFUSED))).isEqualTo(300);
    assertThat(truth().refused()).isEqualTo(300);
    List<Double> starts =
        run.resources().stream()
            .filter(sample -> sample.figures().containsKey("process-start"))
            .map(sample -> sample.figures().get("process-start"))
            .distinct()
            .toList();
    assertThat(starts).hasSize(2);
  }

  @Test
  void errorsComeSinglyOrInBursts() {
    List<Request> singly = with(new Trouble.Errors(0.1, 1));
    List<Request> inBursts = with(new Trouble.Errors(0.1, 20));
    assertThat(runs(singly)).isCloseTo(1.1, within(0.1));
    assertThat(runs(inBursts)).isCloseTo(20, within(8.0));
    assertThat(count(singly, r -> !r.ok()))
        .isCloseTo(singly.size() / 10, Percentage.withPercentage(15));
    assertThat(count(inBursts, r -> !r.ok()))
        .isCloseTo(inBursts.size() / 10, Percentage.withPercentage(35));
    assertThat(singly)
        .filteredOn(r -> !r.ok())
        .allMatch(r -> r.message().matches("status, 500 in place of 20[01]"));
  }

  @Test
  void anEpisodeOfErrorsRisesAndIsThatOfItsOperation() {
    List<Request> requests = with(new Trouble.ErrorEpisode(30, 50, 0, 0.8, "get"));
    assertThat(requests).filteredOn(r -> !r.ok()).allMatch(r -> r.operation().equals("get"));
    List<Request> gets = requests.stream().filter(r -> r.operation().equals("get")).toList();
    assertThat(failed(gets, 30, 40)).isCloseTo(0.2, within(0.1));
    assertThat(failed(gets, 40, 50)).isCloseTo(0.6, within(0.1));
    assertThat(failed(gets, 51, 70)).isZero();
  }

  private static double failed(List<Request> requests, int fromSecond, int toSecond) {
    return requests.stream()
        .filter(r -> r.startMs() >= fromSecond * 1000 && r.startMs() < toSecond * 1000)
        .mapToInt(r -> r.ok() ? 0 : 1)
        .average()
        .orElseThrow();
  }

  /** The mean number of failures in a row. */
  private static double runs(List<Request> requests) {
    int runs = 0;
    boolean failed = false;
    for (Request request : requests) {
      runs += !request.ok() && !failed ? 1 : 0;
      failed = !request.ok();
    }
    return (double) count(requests, r -> !r.ok()) / runs;
  }

  @Test
  void wrongContentIsAFailureWithItsOwnMessage() {
    List<Request> requests = with(new Trouble.WrongContent(0.05));
    assertThat(count(requests, r -> r.message().startsWith("content, no "))).isBetween(250L, 420L);
  }

  @Test
  void aFullQueueAnswersAtOnce() {
    SystemUnderTest small =
        SystemUnderTest.healthy(CONFIG)
            .with(
                "knowledge", s -> s.withWorkers(1).withQueue(5).withTime(ServiceTime.constant(20)));
    run = Simulation.of(CONFIG, "Qps10k", small).run(folder);
    List<Request> requests = Simulated.requests(run);
    List<Request> steady = requests.stream().filter(r -> r.startMs() > 20_000).toList();
    // 50 of 100 calls a second are one too many.
    assertThat((double) count(steady, r -> !r.ok()) / steady.size()).isCloseTo(0.5, within(0.02));
    assertThat(steady).filteredOn(r -> !r.ok()).allMatch(r -> r.message().contains("503"));
    assertThat(steady).filteredOn(Request::ok).allMatch(r -> r.millis() <= 121);
    assertThat(truth().isBelowCapacity(40)).isFalse();
  }

  @Test
  void stepsDriftsAndColdCachesMoveTheTimes() {
    List<Request> step = with(new Trouble.Step(40, 50, 30, 2, "get"));
    List<Request> gets = step.stream().filter(r -> r.operation().equals("get")).toList();
    List<Request> lists = step.stream().filter(r -> r.operation().equals("list")).toList();
    assertThat(meanMs(gets, 20, 40)).isCloseTo(10, within(0.1));
    assertThat(meanMs(gets, 40, 50)).isCloseTo(50, within(0.5));
    assertThat(meanMs(gets, 50, 70)).isCloseTo(10, within(0.5));
    assertThat(meanMs(lists, 40, 50)).isCloseTo(10, within(0.1));

    List<Request> drift = with(new Trouble.Drift(0.5));
    assertThat(meanMs(drift, 60, 61) - meanMs(drift, 20, 21)).isCloseTo(20, within(0.5));

    List<Request> cold = with(new Trouble.ColdCache(5, 10));
    assertThat(meanMs(cold, 20, 21)).isCloseTo(10 + 40 * Math.exp(-2), within(0.5));
  }

  @Test
  void collectionsStopTheProcessForTheirLength() {
    List<Request> requests = with(new Trouble.Pauses(10, 200, true));
    List<Request> slow = requests.stream().filter(r -> r.millis() > 20).toList();
    assertThat(slow.stream().mapToInt(Request::millis).max().orElse(0)).isBetween(200, 260);
    assertThat(slow.stream().map(r -> r.endMs() / 10_000).distinct()).hasSizeBetween(6, 7);
  }

  @Test
  void moreWorkersComeWhereTheFirstAreBusyForLong() {
    SystemUnderTest scaling =
        SystemUnderTest.healthy(CONFIG)
            .with(
                "knowledge",
                s ->
                    s.withWorkers(1)
                        .withTime(ServiceTime.constant(11))
                        .with(new Trouble.Autoscaling(4, 0.9, 5)));
    run = Simulation.of(CONFIG, "Qps10k", scaling).run(folder);
    assertThat(truth().scaledAt()).hasSize(1);
    int at = truth().scaledAt().get(0);
    assertThat(at).isBetween(15, 22);
    List<Request> requests = Simulated.requests(run);
    assertThat(meanMs(requests, at - 2, at)).isGreaterThan(40);
    assertThat(meanMs(requests, at + 5, 70)).isCloseTo(11, within(0.5));
  }

  @Test
  void aServiceThatWasAskedTooMuchIsBackWhenTheTruthSaysSo() {
    KcpConfig config =
        Simulated.config("kcp.load-scale", "0.2", "kcp.time-scale", "0.3", "kcp.seed", "5");
    SystemUnderTest system =
        SystemUnderTest.healthy(config, ServiceTime.constant(10), 0.05)
            .withAll(s -> s.withWorkers(200))
            .with("knowledge", s -> s.with(new Trouble.SlowRecovery(30, 10, 20)));
    SimulatedRun spike = Simulation.of(config, "Spike", system).run(folder);
    OfService knowledge = spike.truth().services().get("knowledge");
    assertThat(knowledge.slow()).hasSize(1);
    int from = knowledge.slow().get(0).from();
    int back = knowledge.recoveredAt().orElseThrow();
    List<Request> requests =
        Simulated.requests(spike).stream().filter(r -> r.service().equals("knowledge")).toList();
    assertThat(meanMs(requests, from - 5, from)).isCloseTo(10, within(0.5));
    assertThat(meanMs(requests, from, back)).isCloseTo(100, within(1.0));
    assertThat(meanMs(requests, back, back + 5)).isCloseTo(10, within(0.5));
    int end = spike.facts().phases().get(4).endSecond();
    assertThat(back).isCloseTo(end + 20, within(4));
    assertThat(Map.copyOf(spike.truth().services())).hasSize(5);
  }
}
