package com.soundcore.kcp.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.fleet.Beat.State;
import com.soundcore.kcp.result.MetadataMerge;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetTest {
  private static final Map<String, String> TOKEN =
      Map.of(FleetToken.VARIABLE, "0123456789abcdef0123456789");
  private static final Map<String, String> FILES = Map.of("gates.conf", "a");
  private static final long NOW_MS = 1_700_000_000_000L;

  private final Fleet fleet = fleet(Duration.ofSeconds(60));

  private static Fleet fleet(Duration joinWithin) {
    Fleet.Terms terms =
        new Fleet.Terms("Qps10k", 2, "build", FILES, joinWithin, Duration.ofSeconds(2));
    return new Fleet(terms, MetadataMerge::sameRun, 0);
  }

  private static RunMetadata planned(int injector) {
    return new SyntheticRun().injector(injector, 2).withFiles(FILES).facts();
  }

  private static Joining joining(int injector, String build) {
    return new Joining(
        injector, "process-" + injector, "node-" + injector, build, planned(injector));
  }

  private static Beat beat(int injector, State state, Long startedAtMs) {
    return new Beat(injector, "process-" + injector, state, startedAtMs, 10, 0, null, false);
  }

  private static long seconds(int number) {
    return TimeUnit.SECONDS.toNanos(number);
  }

  private void join() {
    assertThat(fleet.join(joining(0, "build"), 0)).isEmpty();
    assertThat(fleet.join(joining(1, "build"), 0)).isEmpty();
  }

  private Order beatOf(int injector, State state) {
    return fleet.beat(beat(injector, state, null), seconds(1), NOW_MS);
  }

  @Test
  void allStartInTheSameMomentOnceTheLastIsReady() {
    join();
    assertThat(beatOf(0, State.READY).startAtMs()).isNull();
    assertThat(beatOf(1, State.PREPARING).startAtMs()).isNull();
    assertThat(beatOf(1, State.READY).startAtMs()).isEqualTo(NOW_MS + 4000);
    assertThat(beatOf(0, State.READY).startAtMs()).isEqualTo(NOW_MS + 4000);
    assertThat(fleet.stopped()).isEmpty();
  }

  @Test
  void theSecondsOfAllCountFromTheFirstLoadOnceAllHaveEnded() {
    join();
    fleet.beat(beat(0, State.ENDED, NOW_MS + 7), seconds(1), NOW_MS);
    assertThat(fleet.isOver()).isFalse();
    Order order = fleet.beat(beat(1, State.ENDED, NOW_MS + 5), seconds(1), NOW_MS);
    assertThat(order.startedAtMs()).isEqualTo(NOW_MS + 5);
    beatOf(0, State.DELIVERED);
    beatOf(1, State.DELIVERED);
    assertThat(fleet.isOver()).isTrue();
  }

  @Test
  void oneThatIsSilentForFiveSecondsStopsTheOthersAndIsNamed() {
    join();
    beatOf(0, State.RUNNING);
    beatOf(1, State.RUNNING);
    fleet.check(seconds(6));
    assertThat(fleet.stopped()).isEmpty();
    fleet.beat(beat(0, State.RUNNING, null), seconds(6), NOW_MS);
    fleet.check(seconds(7));
    assertThat(fleet.stopped()).hasValue("injector 1 (node-1) has been silent for 5 s");
    assertThat(fleet.isBroken()).isTrue();
    Order order = fleet.beat(beat(0, State.RUNNING, null), seconds(7), NOW_MS);
    assertThat(order.stop()).isEqualTo(fleet.stopped().orElseThrow());
    assertThat(order.byGenerator()).isTrue();
    // Nobody waits for the one that is lost.
    fleet.beat(beat(0, State.ENDED, NOW_MS), seconds(8), NOW_MS);
    assertThat(fleet.isOver()).isFalse();
    fleet.beat(beat(0, State.DELIVERED, NOW_MS), seconds(8), NOW_MS);
    assertThat(fleet.isOver()).isTrue();
  }

  @Test
  void oneThatDoesNotComeAndOneThatIsNotReadyAreNamed() {
    Fleet waiting = fleet(Duration.ofSeconds(60));
    waiting.join(joining(0, "build"), 0);
    waiting.check(seconds(4));
    assertThat(waiting.stopped()).isEmpty();
    waiting.beat(beat(0, State.READY, null), seconds(60), NOW_MS);
    waiting.check(seconds(61));
    assertThat(waiting.stopped()).hasValue("injector 1 did not come within 60 s");
    join();
    beatOf(0, State.READY);
    fleet.beat(beat(1, State.PREPARING, null), seconds(60), NOW_MS);
    fleet.beat(beat(0, State.READY, null), seconds(60), NOW_MS);
    fleet.check(seconds(61));
    assertThat(fleet.stopped()).hasValue("injector 1 (node-1) was not ready within 60 s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other | qps10k | a | injector 1 (node-1) runs another build of the suite: other in place"
            + " of build; give all the same version",
        "build | soak | a | injector 1 (node-1) runs soak in place of Qps10k",
        "build | qps10k | b | injector 1 (node-1) is configured by other files than the conductor:"
            + " gates.conf; give all the same conf"
      })
  void anInjectorThatIsNotLikeTheOthersStopsAllOfThem(
      String build, String test, String gates, String why) {
    fleet.join(joining(0, "build"), 0);
    RunMetadata planned =
        new SyntheticRun().of(test).injector(1, 2).withFiles(Map.of("gates.conf", gates)).facts();
    Optional<String> refusal = fleet.join(new Joining(1, "process-1", "node-1", build, planned), 0);
    assertThat(refusal).hasValue(why);
    assertThat(beatOf(0, State.PREPARING).stop()).isEqualTo(why);
    assertThat(fleet.isBroken()).isTrue();
  }

  @Test
  void twoOfOneNumberAreRefusedAndOneThatCannotRunStopsAll() {
    fleet.join(joining(0, "build"), 0);
    Joining twin = new Joining(0, "another", "node-9", "build", planned(0));
    assertThat(fleet.join(twin, 0).orElseThrow())
        .startsWith("injector 0 came twice, from node-0 and node-9");
    Fleet other = fleet(Duration.ofSeconds(60));
    other.join(joining(0, "build"), 0);
    other.beat(new Beat(0, "process-0", State.REFUSED, null, 0, 0, "no health", true), 0, NOW_MS);
    assertThat(other.stopped()).hasValue("injector 0 (node-0): no health");
    assertThat(other.isOver()).isTrue();
  }

  @Test
  void aLateLoadBreaksTheFleetAndAStopForTheSystemDoesNot() {
    join();
    beatOf(0, State.READY);
    long start = beatOf(1, State.READY).startAtMs();
    fleet.beat(beat(1, State.RUNNING, start), seconds(1), NOW_MS);
    fleet.beat(beat(0, State.RUNNING, start + 2000), seconds(1), NOW_MS);
    assertThat(fleet.stopped()).isEmpty();
    Beat stopped =
        new Beat(0, "process-0", State.RUNNING, start, 1, 1, "nothing but errors", false);
    assertThat(fleet.beat(stopped, seconds(1), NOW_MS).byGenerator()).isFalse();
    assertThat(fleet.isBroken()).isFalse();
    Fleet late = fleet(Duration.ofSeconds(60));
    late.join(joining(0, "build"), 0);
    late.join(joining(1, "build"), 0);
    late.beat(beat(0, State.READY, null), 0, NOW_MS);
    late.beat(beat(1, State.READY, null), 0, NOW_MS);
    late.beat(beat(0, State.RUNNING, start), 0, NOW_MS);
    late.beat(beat(1, State.RUNNING, start + 2001), 0, NOW_MS);
    assertThat(late.stopped())
        .hasValue("injector 1 (node-1) was late: its load began 2,001 ms after that of the first");
  }

  @Test
  void overTheWireAMemberJoinsStartsDeliversAndAWrongTokenIsRefused(@TempDir Path models)
      throws Exception {
    Fleet.Terms alone =
        new Fleet.Terms(
            "Qps10k", 1, Build.digest(), FILES, Duration.ofSeconds(60), Duration.ofSeconds(2));
    Fleet real = new Fleet(alone, MetadataMerge::sameRun, System.nanoTime());
    RunMetadata planned = new SyntheticRun().withFiles(FILES).facts();
    try (ConductorServer server =
        ConductorServer.open(real, "127.0.0.1", 0, TOKEN, models.resolve("in"))) {
      String url = "http://127.0.0.1:" + server.port();
      Map<String, String> wrong = Map.of(FleetToken.VARIABLE, "another-token-of-24-signs");
      assertThatThrownBy(() -> Member.join(url, Duration.ZERO, planned, wrong))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("KCP_FLEET_TOKEN differs from the conductor's");
      try (Member member = Member.join(url, Duration.ofSeconds(30), planned, TOKEN)) {
        // One clock: what is measured is the error.
        assertThat(member.aheadMs()).isBetween(-500L, 500L);
        member.awaitStart();
        assertThat(member.awaitOthers(42)).isEqualTo(42);
        Path model = Files.writeString(models.resolve("a.model"), "a model");
        member.deliver(model);
      }
      assertThat(models.resolve("in").resolve("injector-0.model")).hasContent("a model");
      assertThat(real.isOver()).isTrue();
      assertThat(real.isBroken()).isFalse();
    }
  }

  @Test
  void tokenAndFiguresNeverCrossAPublicNetwork() {
    assertThatThrownBy(() -> PrivateNetwork.mustBePrivate("http://192.0.2.7:7464"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("192.0.2.7 is public");
    assertThatThrownBy(() -> PrivateNetwork.toListenAt("192.0.2.7"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("speaks without TLS");
    for (String host : new String[] {"10.1.2.3", "127.0.0.1", "[fd00::1]", "100.64.0.1"}) {
      assertThatCode(() -> PrivateNetwork.mustBePrivate("http://" + host + ":7464"))
          .doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> FleetToken.authorization(Map.of(FleetToken.VARIABLE, "short")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("KCP_FLEET_TOKEN has 5 characters; must have at least 16");
  }
}
