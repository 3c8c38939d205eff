package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunModelBuilderTest {
  private static final List<Phase> PHASES =
      List.of(
          new Phase("ramp", 0, 2, false, 0, 0, Map.of()),
          new Phase("hold", 2, 5, true, 0, 0, Map.of()));
  private static final long START = 1_700_000_000_000L;
  private static final LatencyLimits LIMITS =
      new LatencyLimits(Map.of(LatencyLimits.ALL, List.of(10), "auth", List.of(20)));

  @TempDir private Path path;

  private RunModel model(Consumer<LogWriter> records) {
    RunFolder folder = new RunFolder(path);
    LogHeader header = new LogHeader("Spike", START, List.of("mixed"));
    try (LogWriter log = new LogWriter(folder.log(), LogReader.VERSION, header)) {
      records.accept(log);
    }
    RunSetup setup = RunSetup.builder().build();
    RunMetadata facts = new RunMetadata(setup, Map.of(), PHASES, START, 0, RunEnd.NOT_YET);
    return RunModelBuilder.read(folder, facts, 1, LIMITS);
  }

  /** One call in the ramp, one that settles, two steady ones, and one after the plan. */
  private RunModel fiveCalls() {
    return model(
        log -> {
          log.user(0, true, 300);
          log.user(0, false, 1300);
          log.request("auth", "me", 2299, 2300, true, "");
          log.request("auth", "me", 2300, 2302, true, "");
          log.request("auth", "me", 3300, 3304, true, "");
          log.request("auth", "login", 5299, 5309, false, "Connection refused");
          log.request("content", "list", 5300, 5330, true, "");
        });
  }

  private static Map<String, Long> requests(Map<String, Stats> stats) {
    Map<String, Long> requests = new TreeMap<>();
    stats.forEach((name, some) -> requests.put(name, some.requests()));
    return requests;
  }

  @Test
  void theLoadBeginsWithItsFirstUser() {
    RunModel model = fiveCalls();
    assertThat(model.simulation()).isEqualTo("Spike");
    assertThat(model.startedAtMs()).isEqualTo(START + 300);
    assertThat(model.steadySeconds()).containsExactly(3, 4);
    assertThat(model.cut()).isFalse();
    assertThat(model.sealed()).isFalse();
    assertThat(model.timeline().arrivals(0)).isEqualTo(1);
    assertThat(model.timeline().seconds())
        .extracting(Timeline.Second::users)
        .containsExactly(1, 0, 0, 0, 0, 0);
  }

  @Test
  void aRunWithoutAUserBeginsWithItsLog() {
    RunModel model = model(log -> log.request("auth", "me", 3000, 3001, true, ""));
    assertThat(model.startedAtMs()).isEqualTo(START);
    assertThat(model.steady().requests()).isEqualTo(1);
  }

  @Test
  void onlyTheFirstUserSaysWhenTheLoadBegan() {
    RunModel model =
        model(
            log -> {
              log.user(0, true, 0);
              log.user(0, true, 700);
            });
    assertThat(model.startedAtMs()).isEqualTo(START);
  }

  @Test
  void everyCallCountsInItsServiceOperationAndPhase() {
    RunModel model = fiveCalls();
    assertThat(model.whole().requests()).isEqualTo(5);
    assertThat(model.whole().failed()).isEqualTo(1);
    assertThat(requests(model.services())).isEqualTo(Map.of("auth", 4L, "content", 1L));
    assertThat(requests(model.requests()))
        .isEqualTo(Map.of("auth / me", 3L, "auth / login", 1L, "content / list", 1L));
    assertThat(model.phases()).extracting(Stats::requests).containsExactly(1L, 3L);
    assertThat(model.phases()).extracting(Stats::max).containsExactly(1L, 10L);
    assertThat(requests(model.phasesBySubject().get(0)))
        .containsEntry("auth", 1L)
        .containsEntry("auth / me", 1L);
    assertThat(requests(model.phasesBySubject().get(1)))
        .containsEntry("auth", 3L)
        .containsEntry("auth / me", 2L)
        .containsEntry("auth / login", 1L);
  }

  @Test
  void onlySteadyCallsAreThoseOfAHold() {
    RunModel model = fiveCalls();
    assertThat(model.steady().requests()).isEqualTo(2);
    assertThat(model.steady().failed()).isEqualTo(1);
    assertThat(model.steady().percentile(Percentile.P50)).isEqualTo(4);
    assertThat(requests(model.steadyByService())).isEqualTo(Map.of("auth", 2L));
    assertThat(model.holds().get(0)).isEmpty();
    assertThat(requests(model.holds().get(1)))
        .isEqualTo(Map.of("auth", 2L, "auth / me", 1L, "auth / login", 1L));
  }

  @Test
  void everyTimelineCountsWhatIsBeyondItsOwnLimits() {
    RunModel model = fiveCalls();
    assertThat(model.timelines()).containsOnlyKeys("auth", "content");
    assertThat(model.timeline().started(4)).isEqualTo(1);
    assertThat(model.timeline().failed(4)).isEqualTo(1);
    assertThat(model.timeline().ended(5)).isEqualTo(2);
    assertThat(model.timeline().beyond(4, 10)).isEqualTo(1);
    assertThat(model.timelines().get("auth").beyond(4, 20)).isZero();
    assertThat(model.timelines().get("auth").started(1)).isEqualTo(1);
    assertThat(model.timelines().get("content").started(5)).isEqualTo(1);
  }

  @Test
  void errorsAreCountedByMessageAndServiceTheMostFrequentFirst() {
    RunModel model =
        model(
            log -> {
              log.user(0, true, 300);
              log.request("auth", "me", 1350, 1360, false, "Connection refused");
              for (int i = 0; i < 3; i++) {
                String message = "status, k.WrongStatusException: 503 in place of 200";
                log.request("auth", "login", 2400 + 1000 * i, 5400, false, message);
              }
              log.request("auth", "me", 2500, 2501, false, "status, 503 in place of 200");
              log.request("content", "list", 2600, 2601, false, "Connection refused");
              log.error("Failed to build a request", 100);
              log.error("Failed to build a request", 200);
            });
    assertThat(model.errors())
        .containsExactly(
            Map.entry("status, 503 in place of 200", 4L), Map.entry("Connection refused", 2L));
    assertThat(model.errorsByService())
        .isEqualTo(
            Map.of(
                "auth",
                Map.of("status, 503 in place of 200", 4L, "Connection refused", 1L),
                "content",
                Map.of("Connection refused", 1L)));
    assertThat(model.generatorErrors()).isEqualTo(Map.of("Failed to build a request", 2L));
    assertThat(model.errorHistories()).extracting(ErrorHistory::count).containsExactly(4L, 2L);
    assertThat(model.errorHistories())
        .contains(
            new ErrorHistory(
                "status, 503 in place of 200",
                "auth / login",
                2100,
                new TreeMap<>(Map.of(2, 2, 3, 1, 4, 1))),
            new ErrorHistory(
                "Connection refused", "auth / me", 1050, new TreeMap<>(Map.of(1, 1, 2, 1))));
  }

  @Test
  void historiesOfTheFirstFiftyMessagesAreKept() {
    RunModel model =
        model(
            log -> {
              for (int i = 0; i <= ErrorHistory.MOST; i++) {
                log.request("auth", "me", 3000, 3001, false, "error " + i);
              }
              log.request("auth", "me", 3000, 3001, false, "error 49");
              log.request("auth", "me", 3000, 3001, false, "error 50");
            });
    assertThat(model.errors()).hasSize(51).containsEntry("error 50", 2L);
    assertThat(model.errorHistories()).hasSize(50);
    assertThat(model.errorHistories().get(0).message()).isEqualTo("error 49");
    assertThat(model.errorHistories()).extracting(ErrorHistory::message).doesNotContain("error 9");
  }

  @Test
  void aCallWithoutAGroupBelongsToADash() {
    RunModel model = model(log -> log.requestAlone("", "me", 3000, 3001, true, ""));
    assertThat(requests(model.services())).isEqualTo(Map.of("-", 1L));
    assertThat(requests(model.requests())).isEqualTo(Map.of("- / me", 1L));
  }
}
