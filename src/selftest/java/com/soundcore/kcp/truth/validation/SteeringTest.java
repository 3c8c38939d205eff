package com.soundcore.kcp.truth.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.truth.generator.Steering;
import com.soundcore.kcp.truth.generator.Steering.Flow;
import com.soundcore.kcp.truth.generator.Steering.Live;
import com.soundcore.kcp.truth.generator.Steering.Next;
import com.soundcore.kcp.truth.model.SimulatedRun;
import com.soundcore.kcp.truth.model.SystemUnderTest;
import com.soundcore.kcp.truth.model.Trouble;
import com.soundcore.kcp.truth.simulation.Simulation;
import com.soundcore.kcp.truth.validation.Simulated.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteeringTest {
  @TempDir Path folder;

  @Test
  void aPartOfTheArrivalsGoesOnAndTheLoadEndsWhenItIsDone() {
    // 20,000 a second at its ceiling, times 0.01.
    KcpConfig config = Simulated.config("kcp.load-scale", "0.01");
    List<Live> seen = new ArrayList<>();
    List<Long> sent = new ArrayList<>();
    Steering steering =
        new Steering() {
          @Override
          public Next first() {
            return Next.share(0.5);
          }

          @Override
          public Next after(Live second) {
            seen.add(second);
            Flow knowledge = second.services().get("knowledge");
            assertThat(knowledge.times().getTotalCount()).isEqualTo(knowledge.answered());
            sent.add(second.services().values().stream().mapToLong(Flow::sent).sum());
            if (second.second() == 29) {
              return Next.DONE;
            }
            return Next.share(second.second() < 14 ? 0.5 : 0.25);
          }

          @Override
          public Optional<List<Phase>> phases() {
            return Optional.of(
                List.of(new Phase("hold", 0, 30, true, 0, 2000, Map.of("knowledge", 50.0))));
          }
        };
    SimulatedRun run =
        Simulation.of(config, "Breakpoint", SystemUnderTest.healthy(config))
            .steeredBy(steering)
            .run(folder);
    assertThat(seen)
        .extracting(Live::second)
        .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
    assertThat(mean(sent, 5, 15)).isCloseTo(100, within(4.0));
    assertThat(mean(sent, 20, 30)).isCloseTo(50, within(4.0));
    assertThat(run.truth().endedAtSecond()).isBetween(30.0, 31.0);
    assertThat(run.facts().phases()).extracting(Phase::name).containsExactly("hold");
    // Those that were not let go on set out, too.
    assertThat(Simulated.starts(run).size()).isGreaterThan(2 * 30 * 40);
  }

  private static double mean(List<Long> values, int from, int to) {
    return values.subList(from, to).stream().mapToLong(n -> n).average().orElseThrow();
  }

  @Test
  void aLoadThatIsStoppedEndsAtOnceAndSaysWhy() {
    KcpConfig config = Simulated.singleCalls("0.02", "0.2");
    SystemUnderTest broken =
        SystemUnderTest.healthy(config)
            .with("knowledge", service -> service.with(new Trouble.Errors(1, 1)));
    SimulatedRun run =
        Simulation.of(config, "Qps10k", broken)
            .steeredBy(
                live ->
                    live.second() == 20 && live.services().get("knowledge").failed() > 90
                        ? Next.stop("nothing but errors")
                        : Next.ALL)
            .run(folder);
    assertThat(run.facts().end().stopped().second()).isEqualTo(20);
    assertThat(run.facts().end().stopped().why()).isEqualTo("nothing but errors");
    assertThat(run.facts().plannedSeconds()).isEqualTo(20);
    assertThat(Simulated.requests(run))
        .hasSizeGreaterThan(1_000)
        .allMatch((Request r) -> r.endMs() <= 21_010);
  }
}
