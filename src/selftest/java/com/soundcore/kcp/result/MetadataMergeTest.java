package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import com.soundcore.kcp.run.RunSetupBuilder;
import com.soundcore.kcp.run.Stopped;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataMergeTest {
  private static final Map<String, List<String>> OPERATIONS = Map.of("auth", List.of("me"));

  private static RunSetupBuilder setup(int injector, int injectors) {
    return RunSetup.builder().test("spike", "id", 7).injector(injector, injectors);
  }

  private static RunMetadata part(RunSetup setup, int startedAtMs, RunEnd end) {
    Phase ramp = new Phase("ramp", 0, 2, false, 3, 5, Map.of("auth", 1.5));
    Phase hold =
        setup.injector() == 0
            ? new Phase("hold", 2, 9, true, 3, 50, Map.of("auth", 1.5))
            : new Phase("hold", 2, 9, true, 4, 60, Map.of("auth", 2.0, "content", 0.5));
    return new RunMetadata(setup, OPERATIONS, List.of(ramp, hold), startedAtMs, 100, end);
  }

  private static RunMetadata part(RunSetupBuilder setup) {
    return part(setup.build(), 1000, RunEnd.NOT_YET);
  }

  private static RunEnd end(boolean finished, Stopped stopped, int count) {
    return new RunEnd(
        finished,
        new CountsBySecond(Map.of("auth", Map.of(1, (long) count))),
        new CountsBySecond(Map.of("auth", Map.of(2, 10L * count))),
        List.of(new GeneratorSample(0, 0.1, 0.2, 3, 4, 5, 6)),
        Map.of("auth / me", new Answered(100L * count, count)),
        stopped,
        9,
        10L,
        null,
        1000 * count);
  }

  @Test
  void plansAndCountsAreAddedUp() {
    Stopped stopped = new Stopped(8, "too many errors");
    RunMetadata one = part(setup(0, 2).build(), 1500, end(true, null, 1));
    RunMetadata two = part(setup(1, 2).build(), 1200, end(true, stopped, 2));
    assertThat(MetadataMerge.merge(List.of(one, two), 0))
        .isEqualTo(
            new RunMetadata(
                setup(0, 2).build(),
                OPERATIONS,
                Map.of(),
                List.of(
                    new Phase("ramp", 0, 2, false, 6, 10, Map.of("auth", 3.0)),
                    new Phase("hold", 2, 9, true, 7, 110, Map.of("auth", 3.5, "content", 0.5))),
                1200,
                200,
                new RunEnd(
                    true,
                    new CountsBySecond(Map.of("auth", Map.of(1, 3L))),
                    new CountsBySecond(Map.of("auth", Map.of(2, 30L))),
                    List.of(),
                    Map.of("auth / me", new Answered(300, 3)),
                    stopped,
                    0,
                    null,
                    null,
                    3000),
                List.of(one, two),
                0));
  }

  @Test
  void theRunHasEndedWhereEachOfItsPartsHas() {
    RunMetadata one = part(setup(0, 2).build(), 0, end(true, null, 1));
    RunMetadata two = part(setup(1, 2).build(), 0, end(false, null, 1));
    RunEnd end = MetadataMerge.merge(List.of(one, two), 0).end();
    assertThat(end.finished()).isFalse();
    assertThat(end.stopped()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"2, 0, 0", "3, 0, 1", "3, 1, 0", "3, 2, 0", "5, 1, 2"})
  void injectorsAreMissingBeyondThoseThatMayBe(int injectors, int allowed, int missing) {
    List<RunMetadata> parts = List.of(part(setup(0, injectors)), part(setup(1, injectors)));
    RunMetadata merged = MetadataMerge.merge(parts, allowed);
    assertThat(merged.missing()).isEqualTo(missing);
    assertThat(merged.setup().partial())
        .isEqualTo(
            injectors == 2
                ? List.of()
                : List.of("2 of " + injectors + " injectors, judged on their part of the load"));
  }

  @Test
  void whatEachInjectorSawOfTheSystemIsSaidOnce() {
    RunMetadata one = part(setup(0, 2)).withCaveats(List.of("slow clock", "few rows"));
    RunMetadata two = part(setup(1, 2)).withCaveats(List.of("few rows", "old build"));
    assertThat(MetadataMerge.merge(List.of(one, two), 0).setup().system().caveats())
        .containsExactly("slow clock", "few rows", "old build");
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(setup(1, 2).test("soak", "id", 7), "test: spike and soak"),
        Arguments.of(setup(1, 2).test("spike", "id", 8), "seed: 7 and 8"),
        Arguments.of(setup(1, 2).against("live", false), "environment: unknown and live"),
        Arguments.of(setup(1, 2).load("reads", "unknown"), "workload: unknown and reads"),
        Arguments.of(setup(1, 2).load("unknown", "open"), "model: unknown and open"),
        Arguments.of(setup(1, 2).scaled(0.5, 1), "time scale: 1.0 and 0.5"),
        Arguments.of(setup(1, 2).scaled(1, 0.5), "load scale: 1.0 and 0.5"),
        Arguments.of(setup(1, 3), "number of injectors: 2 and 3"),
        Arguments.of(setup(1, 2).altered(List.of("gates")), "alterations: [] and [gates]"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void partsOfDifferentRunsAreRefused(RunSetupBuilder other, String difference) {
    List<RunMetadata> parts = List.of(part(setup(0, 2)), part(other));
    assertThatThrownBy(() -> MetadataMerge.merge(parts, 0))
        .isInstanceOf(LogException.class)
        .hasMessage(
            "Injectors 0 and 1 differ in their " + difference + "; they are not of one run.");
  }

  @Test
  void partsWithDifferentFilesAreRefused() {
    List<RunMetadata> parts =
        List.of(
            part(setup(0, 2).files(Map.of("a.conf", "1", "b.conf", "2"))),
            part(setup(1, 2).files(Map.of("a.conf", "9", "c.conf", "3"))));
    assertThatThrownBy(() -> MetadataMerge.merge(parts, 0))
        .isInstanceOf(LogException.class)
        .hasMessage(
            "Injectors 0 and 1 were configured by different files: a.conf, b.conf, c.conf; they are"
                + " not of one run. Give all of them the same conf.");
  }

  @Test
  void partsWithDifferentPlansAreRefused() {
    RunMetadata one = part(setup(0, 2));
    RunMetadata two = part(setup(1, 2)).withPhases(one.phases().subList(0, 1));
    assertThatThrownBy(() -> MetadataMerge.merge(List.of(one, two), 0))
        .isInstanceOf(LogException.class)
        .hasMessage("The injectors had different plans; they are not of one run.");
  }

  @Test
  void theSameInjectorCountsOnce() {
    RunMetadata part = part(setup(1, 2));
    assertThatThrownBy(() -> MetadataMerge.merge(List.of(part, part), 0))
        .isInstanceOf(LogException.class)
        .hasMessage("Injector 1 appears twice; each part of a run counts once.");
  }
}
