package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.monitoring.EventLoopWatch;
import com.soundcore.kcp.monitoring.GeneratorWatch;
import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.result.MetadataMerge;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.workload.TrafficMix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second of two injectors is killed after it has saved what it had measured. */
@Tag("full")
class KilledInjectorTest {
  private static final String TEST = "qps10k";
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  @TempDir private Path folder;

  private static KcpConfig config(int injector, Path results) {
    Properties properties = new Properties();
    properties.setProperty("kcp.results-folder", results.toString());
    properties.setProperty("kcp.injector.count", "2");
    properties.setProperty("kcp.injector.index", String.valueOf(injector));
    return ConfigLoader.load(properties);
  }

  private static RunMetadataFactory factory(KcpConfig config) {
    TestShape shape = config.tests().get(TEST);
    TrafficMix mix = TrafficMix.of(config, config.workloadOf(shape));
    Plan plan = new Plan(config, shape, mix);
    return new RunMetadataFactory(
        config, shape, mix, plan, "Qps10k", "kcp-killed", ObservedSystem.UNKNOWN);
  }

  /** Records a run whose log ends early, until it is killed. */
  static final class Injector {
    private Injector() {}

    public static void main(String[] arguments) throws IOException {
      Path results = Path.of(arguments[0]);
      KcpConfig config = config(1, results);
      GeneratorWatch watch = new GeneratorWatch(new EventLoopWatch(), List::of);
      Recording recording = new Recording(config, factory(config), watch);
      Path run = Files.createDirectories(results.resolve(TEST + "-1"));
      LogHeader header = new LogHeader("Qps10k", 0, List.of("auth", LogHeader.mark("kcp-killed")));
      try (LogWriter log =
          new LogWriter(run.resolve("simulation.log"), LogReader.VERSION, header)) {
        log.user(0, true, 0);
      }
      CountsBySecond none = CountsBySecond.NONE;
      recording.keeps(
          () ->
              new Recording.Ending(
                  none,
                  7,
                  none,
                  Map.of(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of(),
                  List.of(),
                  Optional.empty(),
                  List.of(),
                  List.of()));
      while (System.in.read() >= 0) {
        // Ends with the test.
      }
    }
  }

  private RunMetadata afterItsFirstSave(RunFolder run, Process injector) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!run.hasFacts() || run.facts().end().generator().isEmpty()) {
      assertThat(injector.isAlive()).isTrue();
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    injector.destroyForcibly().onExit().join();
    return run.facts();
  }

  @Test
  void itIsMergedWithItsWholePlan() throws IOException {
    Process injector =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ClassPath.ofTheSuite(),
                Injector.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    RunMetadata killed;
    try {
      killed = afterItsFirstSave(new RunFolder(folder.resolve(TEST + "-1")), injector);
    } finally {
      injector.destroyForcibly();
    }
    assertThat(killed.end().finished()).isFalse();
    assertThat(killed.end().maxInFlight()).isEqualTo(7);
    RunMetadata planned = factory(config(1, folder)).startingAt(0);
    assertThat(killed.phases()).isEqualTo(planned.phases());
    assertThat(killed.plannedArrivals()).isEqualTo(planned.plannedArrivals());

    RunMetadata other = factory(config(0, folder)).startingAt(0).ended(RunEnd.NOT_YET);
    RunMetadata whole = MetadataMerge.merge(List.of(other, killed), 0);
    assertThat(whole.plannedSeconds()).isEqualTo(planned.plannedSeconds());
    assertThat(whole.plannedArrivals())
        .isEqualTo(other.plannedArrivals() + planned.plannedArrivals());
  }
}
