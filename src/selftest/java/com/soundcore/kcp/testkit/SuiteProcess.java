package com.soundcore.kcp.testkit;

import com.soundcore.kcp.embedded.ClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A real run in a JVM of its own, as Maven starts it, on ports of its own; for tests. */
public final class SuiteProcess implements AutoCloseable {
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth");

  private static final Pattern VERDICT = Pattern.compile("verdict +file:(\\S+)/kcp/report.html");

  private static final Map<String, String> PATIENT =
      Map.of(
          "kcp.early-stop.machine-exhausted-for", "1h",
          "kcp.generator.max-paused", "100%",
          "kcp.generator.max-loop-late", "100%",
          "kcp.generator.max-process-cpu", "100%",
          "kcp.generator.max-lag", "1m",
          "kcp.generator.max-pause", "1m",
          "kcp.generator.disturbing-pause", "1m");

  // Limits against hanging, which no test here is about.
  private static final Map<String, String> UNHURRIED =
      Map.of(
          "kcp.preflight.call-timeout", "20s",
          "kcp.preflight.total-timeout", "2m");

  /** Folder of its runs: one for each JVM that runs tests. */
  public static final Path RESULTS =
      Path.of("target", "gatling-of-tests", System.getProperty("selftest.fork", "fork-1"));

  /**
   * Where and how it starts.
   *
   * @param before the command that starts it, such as one that limits it; empty for none
   */
  public record Place(List<String> before, Path folder) {
    private static final Place HERE = new Place(List.of(), Path.of(""));
  }

  private final List<String> command;
  private final Process process;
  private final StringBuffer output = new StringBuffer();
  private final Thread reader;

  private SuiteProcess(Place place, List<String> suite, Map<String, String> environment) {
    command = suite;
    List<String> whole = new ArrayList<>(place.before());
    whole.addAll(suite);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(place.folder().toAbsolutePath().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = new Thread(this::read, "suite-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Properties of a run whose verdict a test asserts: however late a busy machine makes the
   * generator, that alone makes no run INVALID. A test proves behaviour, and must hold on half a
   * core.
   */
  public static Map<String, String> onAnyMachine(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(PATIENT);
    all.putAll(overrides);
    return all;
  }

  /** Starts a test; overrides are properties. */
  public static SuiteProcess start(String simulation, Map<String, String> overrides) {
    return start(simulation, overrides, Map.of());
  }

  /** The same with variables of the environment. */
  public static SuiteProcess start(
      String simulation, Map<String, String> overrides, Map<String, String> environment) {
    return start(Place.HERE, simulation, overrides, environment);
  }

  /** The same in another folder, or by another command. */
  public static SuiteProcess start(
      Place place,
      String simulation,
      Map<String, String> overrides,
      Map<String, String> environment) {
    return new SuiteProcess(place, command(simulation, overrides), environment);
  }

  /** The same below a shell, as if that were Maven. */
  public static SuiteProcess startBelowAShell(String simulation, Map<String, String> overrides) {
    Place place = new Place(List.of("sh", "-c", "\"$@\" & wait", "sh"), Path.of(""));
    return start(place, simulation, overrides, Map.of());
  }

  private static List<String> command(String simulation, Map<String, String> overrides) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            // A short run is over before the optimising compiler has earned what it costs.
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.lang=ALL-UNNAMED"));
    command.addAll(JvmOptions.ofMaven());
    command.addAll(Coverage.options());
    List<Integer> ports = freePorts(SERVICES.size() + 1);
    for (int i = 0; i < SERVICES.size(); i++) {
      command.add(
          "-Dkcp.environment.urls." + SERVICES.get(i) + "=http://127.0.0.1:" + ports.get(i));
    }
    if ("postgres".equals(overrides.get("kcp.backend.store"))) {
      command.add("-Dkcp.backend.postgres.port=" + ports.get(SERVICES.size()));
    }
    command.add("-Dkcp.results-folder=" + RESULTS);
    UNHURRIED.forEach((key, value) -> command.add("-D" + key + "=" + value));
    if (!overrides.containsKey("kcp.env")) {
      command.add("-Dkcp.backend.ready-within=2m");
    }
    overrides.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", ClassPath.ofTheSuite(), "io.gatling.app.Gatling"));
    command.addAll(List.of("-s", simulation, "-rf", RESULTS.toString()));
    return command;
  }

  /** A port that nobody listens on now. */
  public static int freePort() {
    return freePorts(1).get(0);
  }

  /** So many of them, each another: all are open at once for a moment. */
  public static List<Integer> freePorts(int count) {
    List<Integer> ports = new ArrayList<>();
    if (count > 0) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        ports.add(socket.getLocalPort());
        ports.addAll(freePorts(count - 1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ports;
  }

  /** Waits for its end; its exit code. */
  public int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit + ":\n" + output);
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until its output has a text. */
  public void await(String text, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (output) {
      while (output.indexOf(text) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || !process.isAlive()) {
          throw new AssertionError("no '" + text + "' in the output:\n" + output);
        }
        try {
          output.wait(Math.min(left, 1000));
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Its folder, once it has printed its verdict. */
  public Path folder() {
    Matcher matcher = VERDICT.matcher(output);
    if (!matcher.find()) {
      throw new AssertionError("no verdict in the output:\n" + output);
    }
    return Path.of(URI.create("file:" + matcher.group(1)));
  }

  /** The command of the suite itself, for a shell. */
  public String commandLine() {
    return command.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  public String output() {
    return output.toString();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** The JVMs below it that run a class. */
  public List<ProcessHandle> descendants(Predicate<String> commandLine) {
    return process.descendants().filter(p -> commandLine.test(commandLineOf(p))).toList();
  }

  /** The processes of this machine that run a command. */
  public static List<ProcessHandle> all(Predicate<String> commandLine) {
    return ProcessHandle.allProcesses().filter(p -> commandLine.test(commandLineOf(p))).toList();
  }

  private static String commandLineOf(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  /** Waits until a process has ended. */
  public static boolean ends(ProcessHandle process, Duration limit) {
    CountDownLatch ended = new CountDownLatch(1);
    process.onExit().thenRun(ended::countDown);
    try {
      return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.append(line).append('\n');
          output.notifyAll();
        }
      }
    } catch (IOException closed) {
      // its end is what the test looks at
    }
  }
}
