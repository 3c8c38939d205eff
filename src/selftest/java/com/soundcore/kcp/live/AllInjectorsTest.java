package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.live.calls.Recorder;
import com.soundcore.kcp.live.calls.Totals;
import com.soundcore.kcp.run.GeneratorSample;
import com.soundcore.kcp.workload.LoadTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several injectors leave in their folder, added up by the first. */
class AllInjectorsTest {
  private static final int COUNT = 3;
  private static final double PLANNED = 100;
  private static final int PLANNED_SECONDS = 60;

  @TempDir private Path shared;
  private Operation operation;
  private AllInjectors all;
  private InjectorFolder folder;

  /** An injector that calls, and says so. */
  private final class One {
    private final int index;
    private final Recorder recorder = new Recorder(List.of(operation), new LoadTime());
    private final Totals totals = new Totals();

    One(int index) {
      this.index = index;
    }

    /** Makes so many calls in a second, each so long, and leaves its state. */
    LiveSnapshot second(int second, int calls, int millis) throws IOException {
      for (int i = 0; i < calls; i++) {
        recorder.sent(operation);
        recorder.answered(operation, millis, true, 1000, "");
      }
      totals.add(recorder.take());
      Figures soFar = totals.figures().get(Figures.ALL);
      Flow flow = new Flow(PLANNED, calls, 0, Figures.NONE, soFar);
      LiveSnapshot mine =
          new LiveSnapshot(
              second,
              PLANNED_SECONDS,
              "hold",
              5,
              0,
              2,
              index,
              flow,
              Map.of(operation.service(), flow),
              Map.of(operation.fullName(), soFar),
              new GeneratorSample(second, 0.1 * (index + 1), 0, index, 0, 0, 0),
              Map.of(),
              List.of(),
              List.of());
      folder.write(InjectorState.of(index, mine, totals.all()));
      return mine;
    }
  }

  @BeforeEach
  void threeInjectors() {
    KcpConfig config = ConfigLoader.load(new Properties());
    operation = config.services().get(0).operations().values().iterator().next();
    all = new AllInjectors(COUNT, List.of(operation));
    folder = new InjectorFolder(shared);
  }

  private LiveSnapshot together(LiveSnapshot mine) throws IOException {
    for (int i = 0; i < COUNT; i++) {
      folder.read(i).ifPresent(state -> all.saw(state, mine.second()));
    }
    return all.together(mine);
  }

  @Test
  void ratesAreAddedAndPercentilesAreThoseOfAllCalls() throws IOException {
    One first = new One(0);
    One second = new One(1);
    One third = new One(2);
    first.second(0, 100, 10);
    second.second(0, 100, 10);
    together(third.second(0, 100, 10));
    second.second(1, 100, 10);
    // A mean of the three p95 would be 340 ms; of all calls 6 in 100 are slow.
    third.second(1, 18, 1000);
    LiveSnapshot whole = together(first.second(1, 182, 10));

    assertThat(whole.all().rps()).isEqualTo(300);
    assertThat(whole.all().plannedRps()).isEqualTo(3 * PLANNED);
    assertThat(whole.all().bytesPerSec()).isEqualTo(300_000);
    assertThat(whole.all().now().answered()).isEqualTo(300);
    assertThat(whole.all().now().p50Ms()).isEqualTo(10);
    assertThat(whole.all().now().p95Ms()).isEqualTo(1000);
    assertThat(whole.all().soFar().answered()).isEqualTo(600);
    assertThat(whole.all().soFar().p95Ms()).isEqualTo(10);
    assertThat(whole.services().get(operation.service()).soFar()).isEqualTo(whole.all().soFar());
    assertThat(whole.users()).isEqualTo(15);
    assertThat(whole.inFlight()).isEqualTo(6);
    assertThat(whole.shed()).isEqualTo(3);
    assertThat(whole.generator().processCpu()).as("the busiest").isEqualTo(0.3, within(1e-9));
    assertThat(whole.injectors()).extracting(LiveSnapshot.Injector::rps).contains(182.0, 18.0);
  }

  @Test
  void aStateThatNobodyReadLosesNoCall() throws IOException {
    One first = new One(0);
    One second = new One(1);
    together(first.second(0, 10, 10));
    second.second(0, 10, 10);
    together(first.second(1, 10, 10));
    second.second(1, 10, 10);
    second.second(2, 10, 10);
    second.second(3, 10, 10);
    LiveSnapshot whole = together(first.second(2, 10, 10));
    assertThat(whole.all().soFar().answered()).isEqualTo(70);
    assertThat(whole.all().rps()).as("30 calls in three seconds, and 10 in one").isEqualTo(20);
  }

  @Test
  void oneThatFallsSilentIsNamedItsCallsStayAndItsShareIsStillPlanned() throws IOException {
    One first = new One(0);
    One second = new One(1);
    second.second(0, 50, 10);
    together(first.second(0, 50, 10));
    LiveSnapshot whole = null;
    for (int s = 1; s <= AllInjectors.SILENT_SECONDS + 1; s++) {
      whole = together(first.second(s, 50, 10));
    }
    assertThat(whole.all().rps()).isEqualTo(50);
    assertThat(whole.all().plannedRps()).isEqualTo(3 * PLANNED);
    assertThat(whole.all().soFar().answered()).isEqualTo(50 + 50 * (whole.second() + 1));
    assertThat(whole.injectors())
        .extracting(LiveSnapshot.Injector::silent)
        .containsExactly(false, true, true);
    assertThat(whole.injectors())
        .extracting(LiveSnapshot.Injector::second)
        .as("the last is not there yet")
        .containsExactly(whole.second(), 0, -1);
  }

  @Test
  void whatOneLeavesStaysSmall() throws IOException {
    One first = new One(0);
    for (int s = 0; s < 100; s++) {
      first.second(s, 1000, s * 10);
    }
    assertThat(Files.size(shared.resolve("live-0"))).isLessThan(10_000);
    assertThat(shared.toFile().list()).containsExactly("live-0");
  }

  @Test
  void whatIsSaidTwiceInASecondIsTheNewest() throws IOException {
    One first = new One(0);
    first.second(0, 10, 10);
    together(first.second(1, 10, 10));
    LiveSnapshot whole = together(first.second(1, 5, 10));
    assertThat(whole.all().soFar().answered()).isEqualTo(25);
  }

  @Test
  void oneThatWasHeardOfUntilTheEndOfThePlanHasEndedAndIsNotSilent() throws IOException {
    One first = new One(0);
    One second = new One(1);
    second.second(PLANNED_SECONDS - 1, 10, 10);
    together(first.second(PLANNED_SECONDS - 1, 10, 10));
    LiveSnapshot whole =
        together(first.second(PLANNED_SECONDS + AllInjectors.SILENT_SECONDS, 1, 10));
    assertThat(whole.injectors().get(1).silent()).isFalse();
    assertThat(whole.injectors().get(1).rps()).isZero();
    assertThat(whole.injectors().get(2).silent()).as("never heard of").isTrue();
  }

  @Test
  void aStateThatCannotBeReadIsOneThatIsNotHeardOf() throws Exception {
    Files.writeString(shared.resolve("live-1"), "{ \"injector\": 1, half");
    Properties two = new Properties();
    two.setProperty("kcp.injector.count", "2");
    two.setProperty("kcp.injector.barrier", shared.toString());
    One first = new One(0);
    LiveSnapshot mine = first.second(0, 10, 10);
    BlockingQueue<LiveSnapshot> shown = new LinkedBlockingQueue<>();
    try (InjectorExchange exchange =
        InjectorExchange.of(ConfigLoader.load(two), List.of(operation), first.totals, shown::add)
            .orElseThrow()) {
      exchange.accept(mine);
      LiveSnapshot whole = shown.poll(10, TimeUnit.SECONDS);
      assertThat(whole.all().soFar().answered()).isEqualTo(10);
      assertThat(whole.all().plannedRps()).as("of both").isEqualTo(2 * PLANNED);
      assertThat(whole.injectors())
          .extracting(LiveSnapshot.Injector::silent)
          .containsExactly(false, true);
    }
  }
}
