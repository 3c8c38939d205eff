package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.soundcore.kcp.backend.BackendProgram;
import com.soundcore.kcp.backend.DatabaseProgram;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.embedded.BackendCommandLine;
import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** However a run is ended, its backend ends with it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at /proc and sends signals")
@Tag("full")
class OrphanTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Map<String, String> LONG =
      Map.of("kcp.load-scale", "0.05", "kcp.stop-with-parent", "true");

  private static List<ProcessHandle> backendsOf(SuiteProcess run) {
    return run.descendants(line -> line.contains("BackendProgram"));
  }

  private static void allEnd(List<ProcessHandle> processes) {
    assertThat(processes).isNotEmpty();
    assertThat(processes).allMatch(process -> SuiteProcess.ends(process, LIMIT));
  }

  /** Bit 1 of the signals that are ignored; children inherit it. */
  private static boolean ignoresInterrupts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  @Test
  void interruptingARunEndsTheBackend() throws Exception {
    assumeFalse(
        ignoresInterrupts(),
        "this JVM was started to ignore SIGINT, as shells start what runs in the background; so"
            + " would the run");
    try (SuiteProcess run = SuiteProcess.start("Soak", LONG)) {
      run.await("Simulation Soak started", LIMIT);
      List<ProcessHandle> backends = backendsOf(run);
      new ProcessBuilder("kill", "-INT", String.valueOf(run.handle().pid())).start().waitFor();
      allEnd(backends);
      assertThat(SuiteProcess.ends(run.handle(), LIMIT)).isTrue();
    }
  }

  @Test
  void killingTheGeneratorEndsTheBackend() {
    try (SuiteProcess run = SuiteProcess.start("Soak", LONG)) {
      run.await("Simulation Soak started", LIMIT);
      List<ProcessHandle> backends = backendsOf(run);
      run.handle().destroyForcibly();
      allEnd(backends);
    }
  }

  @Test
  void aBackendWhoseStarterIsGoneDoesNotGetReadyFirst() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ClassPath.ofTheSuite(),
                BackendProgram.class.getName()));
    command.addAll(BackendCommandLine.of(ConfigLoader.load(new Properties())));
    command.replaceAll(argument -> argument.replaceAll("^(--port=\\w+)=.*", "$1=0"));
    command.add("--stop-with-input");
    Process backend = new ProcessBuilder(command).start();
    backend.getOutputStream().close();
    assertThat(backend.inputReader().lines()).isEmpty();
    assertThat(SuiteProcess.ends(backend.toHandle(), LIMIT)).isTrue();
    assertThat(backend.exitValue()).isZero();
  }

  @Test
  void aDatabaseWhoseStarterIsKilledWhileItStartsLeavesNothing(@TempDir Path folder)
      throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                ClassPath.ofTheSuite(),
                DatabaseProgram.class.getName(),
                "--port=0",
                "--max-connections=20",
                "--cores=0",
                "--seed=1",
                "--items=10",
                "--products=10",
                "--conversations=10",
                "--tickets=10")
            .redirectErrorStream(true)
            .start();
    // Its data are being laid out: nobody but this process knows of it.
    Predicate<Path> begun = file -> file.toString().contains("kcp-postgres");
    Predicate<Path> laidOut = begun.and(file -> file.endsWith("PG_VERSION"));
    await(() -> any(folder, laidOut, false) || !starter.isAlive());
    assumeTrue(starter.isAlive(), "PostgreSQL's binaries are not on the class path");
    // As a test does that ends a run with all of its children: none of them may be the one that
    // tidies up.
    starter.descendants().forEach(ProcessHandle::destroyForcibly);
    starter.destroyForcibly();
    await(() -> !any(folder, begun, true));
    await(
        () ->
            ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .noneMatch(line -> line.contains(folder.toString())));
  }

  private static boolean any(Path folder, Predicate<Path> is, boolean whereItChanges) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(is);
    } catch (IOException | UncheckedIOException changing) {
      return whereItChanges;
    }
  }

  private static void await(BooleanSupplier done) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Test
  void killingWhatStartedTheRunEndsTheRunAndTheBackend() {
    try (SuiteProcess run = SuiteProcess.startBelowAShell("Soak", LONG)) {
      run.await("Simulation Soak started", LIMIT);
      List<ProcessHandle> all = run.handle().descendants().toList();
      assertThat(backendsOf(run)).hasSize(1);
      assertThat(all).hasSizeGreaterThanOrEqualTo(2);
      run.handle().destroyForcibly();
      allEnd(all);
    }
  }
}
