package com.soundcore.kcp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogVisitor;
import com.soundcore.kcp.result.Percentile;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several injectors from the zip, each a process of its own, and in a network of its own where the
 * machine allows it, against one backend: as Kubernetes runs them.
 */
@Tag("full")
class InjectorsTest {
  private static final long LIMIT_SECONDS = 120;
  private static final int HOLD_SECONDS = 12;
  private static final int RATE = 400;
  private static final int INVALID = 3;

  @TempDir private static Path machine;
  private static Installation kcp;

  @TempDir private Path volume;
  private final List<String> system = new ArrayList<>(List.of("-Dkcp.env=local"));
  private final List<Process> processes = new ArrayList<>();
  private final List<NetworkNamespace> networks = new ArrayList<>();

  @BeforeAll
  static void unpack() throws IOException {
    kcp = Installation.in(machine);
  }

  @BeforeEach
  void startBackend() throws IOException {
    for (String service : List.of("knowledge", "content", "support", "analytics", "auth")) {
      String url = "http://127.0.0.1:" + SuiteProcess.freePort();
      system.add("-Dkcp.environment.urls." + service + "=" + url);
    }
    Process backend =
        kcp.start(List.of(), Map.of(), volume.resolve("backend.txt"), with("backend"));
    processes.add(backend);
    await(() -> says(volume.resolve("backend.txt"), "KCP backend is ready"));
  }

  @AfterEach
  void stopEverything() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(
        process -> process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join());
    networks.forEach(NetworkNamespace::close);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void togetherTheySendExactlyThePlannedTestAndPercentilesAreOfAllRequests(int count)
      throws Exception {
    List<Process> injectors = start(count);
    for (Process injector : injectors) {
      assertThat(injector.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(logs()).as(Files.readString(volume.resolve("injector-0.txt"))).hasSize(count);
    merge("merged");

    RunFolder merged = new RunFolder(volume.resolve("merged"));
    RunMetadata facts = merged.facts();
    RunModel whole = RunModelBuilder.read(merged, facts, 0, LatencyLimits.NONE);
    assertThat(facts.phases().get(1).totalRps()).isCloseTo(RATE, within(1e-6));
    assertThat(facts.parts()).hasSize(count);
    assertThat(facts.plannedArrivals())
        .isEqualTo(facts.parts().stream().mapToLong(RunMetadata::plannedArrivals).sum());

    long[] millis = responseTimes(logs());
    assertThat(whole.whole().requests()).isEqualTo(millis.length);
    assertThat(arrivals(List.of(merged.log())))
        .isEqualTo(facts.plannedArrivals())
        .isEqualTo(arrivals(logs()));
    for (double p : new double[] {50, 95, 99}) {
      int rank = (int) Math.ceil(p / 100 * millis.length);
      assertThat(whole.whole().percentile(new Percentile(p)))
          .as("p%s", p)
          // The exact value, in the histogram's resolution of three significant digits.
          .isEqualTo(new Histogram(3).highestEquivalentValue(millis[rank - 1]));
    }
    assertThat(volume.resolve("merged/index.html")).as("Gatling's own report").exists();
  }

  @Test
  void oneThatIsKilledMakesTheWholeInvalidAndIsNamed() throws Exception {
    List<Process> injectors = start(2);
    await(() -> logs().size() == 2 && logs().stream().allMatch(InjectorsTest::hasWritten));
    injectors.get(1).destroyForcibly();
    assertThat(injectors.get(0).waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    Merged result = merge("merged");
    assertThat(result.code()).isEqualTo(INVALID);
    assertThat(result.output())
        .startsWith("INVALID")
        .contains("injector 1 was stopped before its end");

    // Killed before it had written anything: the other one's figures are not lost with it.
    Files.write(logs().get(1), new byte[0]);
    Merged without = merge("merged-again");
    assertThat(without.code()).isEqualTo(INVALID);
    assertThat(without.output()).contains("is empty", "1 of 2 injectors are missing (1)");
  }

  private List<String> with(String... arguments) {
    return Stream.concat(Stream.of(arguments), system.stream()).toList();
  }

  private List<Process> start(int count) throws IOException {
    List<Process> injectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<NetworkNamespace> network = NetworkNamespace.numbered(i);
      network.ifPresent(networks::add);
      Process injector =
          kcp.start(
              network.map(NetworkNamespace::entering).orElse(List.of()),
              Map.of(
                  "JOB_COMPLETION_INDEX",
                  String.valueOf(i),
                  "JAVA_OPTS",
                  "-XX:TieredStopAtLevel=1"),
              volume.resolve("injector-" + i + ".txt"),
              with(
                  "run",
                  "Soak",
                  "-Dkcp.load-scale=0.2",
                  "-Dkcp.tests.soak.stages.0.over=2s",
                  "-Dkcp.tests.soak.stages.1.hold=" + HOLD_SECONDS + "s",
                  "-Dkcp.live.enabled=false",
                  "-Dkcp.live.console-every=0s",
                  "-Dkcp.injector.count=" + count,
                  "-Dkcp.injector.barrier=" + volume.resolve("barrier"),
                  "-Dkcp.results-folder=" + volume.resolve("runs").resolve("injector-" + i)));
      processes.add(injector);
      injectors.add(injector);
    }
    if (networks.size() < count) {
      System.out.println("no network namespaces on this machine: the injectors share its network");
    }
    return injectors;
  }

  private record Merged(int code, String output) {}

  private Merged merge(String into) throws Exception {
    Path output = volume.resolve(into + ".txt");
    Process merge =
        kcp.start(
            List.of(),
            Map.of(),
            output,
            with(
                "merge",
                "--logs",
                "--under=" + volume.resolve("runs"),
                "--into=" + volume.resolve(into)));
    processes.add(merge);
    assertThat(merge.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Merged(merge.exitValue(), Files.readString(output));
  }

  private List<Path> logs() {
    Path runs = volume.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> below = Files.walk(runs)) {
      return below.filter(file -> file.endsWith("simulation.log")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gatling keeps the first kilobytes to itself. */
  private static boolean hasWritten(Path log) {
    return new RunFolder(log.getParent()).hasFacts() && log.toFile().length() > 0;
  }

  /** Of every request of every log, in order. */
  private static long[] responseTimes(List<Path> logs) {
    List<Long> millis = new ArrayList<>();
    for (Path log : logs) {
      LogReader.read(log, reader -> new Counting(millis, new long[1]));
    }
    return millis.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static long arrivals(List<Path> logs) {
    long[] count = new long[1];
    for (Path log : logs) {
      LogReader.read(log, reader -> new Counting(new ArrayList<>(), count));
    }
    return Arrays.stream(count).sum();
  }

  private record Counting(List<Long> millis, long[] arrivals) implements LogVisitor {
    @Override
    public void user(int scenario, boolean start, int atMs) {
      arrivals[0] += start ? 1 : 0;
    }

    @Override
    public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
      millis.add((long) endMs - startMs);
    }
  }

  private static boolean says(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException notYet) {
      return false;
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("not within %s s", LIMIT_SECONDS).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
