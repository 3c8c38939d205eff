package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.statistics.Medians;
import com.soundcore.kcp.testkit.ObservedRun;
import com.soundcore.kcp.testkit.OneLoopProcess;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** This very process listens, and one of its threads works. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at /proc")
@Timeout(60)
class ProcessWatchTest {
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final int SAMPLES = 4;
  private static final int CALLERS = 6;

  private static Map<String, URI> service(int port) {
    return Map.of(
        "auth", URI.create("http://127.0.0.1:" + port),
        "content", URI.create("https://content.example:" + port));
  }

  @Test
  void theBusiestThreadOfTheProcessThatListensIsSeen() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ProcessWatch watch = new ProcessWatch(EVERY, service(listening.getLocalPort()))) {
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      while (watch.samples().size() < 4) {
        Thread.onSpinWait();
      }
      double spent = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e9;
      List<ResourceSample> samples = watch.samples();
      assertThat(samples).extracting(ResourceSample::service).containsOnly("auth");
      double seconds = samples.get(samples.size() - 1).second();
      // What this thread has worked, however much of a core it got, is what the busiest one has.
      double seen =
          samples.stream()
              .mapToDouble(one -> one.figures().get(ProcessWatch.BUSIEST_THREAD))
              .average()
              .orElseThrow();
      assertThat(seen).isGreaterThan(spent / seconds * 0.5);
      assertThat(samples)
          .allSatisfy(
              one ->
                  assertThat(one.figures().get(ProcessWatch.CPU))
                      .isGreaterThanOrEqualTo(
                          one.figures().get(ProcessWatch.BUSIEST_THREAD) - 1e-9));
    }
  }

  @Test
  void whereNobodyListensNothingIsSeen() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (ProcessWatch watch = new ProcessWatch(Duration.ZERO, service(port))) {
      assertThat(watch.listening()).isEmpty();
    }
  }

  @Test
  @Tag("full")
  void theLoopThatAServiceIsBusyWithIsNamed(@TempDir Path folder) throws Exception {
    List<Map<String, Double>> calm;
    List<Map<String, Double>> busy;
    double share;
    try (OneLoopProcess process = new OneLoopProcess();
        ProcessWatch watch = new ProcessWatch(EVERY, Map.of("analytics", process.url()))) {
      until(() -> watch.samples().size() > SAMPLES);
      calm = figures(watch, 1);
      ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
      AtomicBoolean calling = new AtomicBoolean(true);
      for (int i = 0; i < CALLERS; i++) {
        callers.submit(() -> call(process.url(), calling));
      }
      int before = watch.samples().size() + 1;
      until(() -> watch.samples().size() > before);
      long begun = System.nanoTime();
      Duration spent = process.processorTime();
      until(() -> watch.samples().size() > before + SAMPLES);
      share = (double) process.processorTime().minus(spent).toNanos() / (System.nanoTime() - begun);
      calling.set(false);
      callers.shutdown();
      busy = figures(watch, before);
    }
    double[] seen =
        busy.stream().mapToDouble(one -> one.get(ProcessWatch.BUSIEST_THREAD)).toArray();
    // The loop is what its process worked with, by the system's own count.
    assertThat(Arrays.stream(seen).average().orElseThrow()).isGreaterThan(share * 0.5);
    // Where others use the machine the loop has less than a core: then that is the whole for it.
    double whole = 0.95 / Medians.of(seen);
    SyntheticRun.Order slow =
        SyntheticRun.Order.taking(
            (service, second, number) ->
                service.equals("analytics") && second >= 30 ? 700 : 5 + number % 5);
    assertThat(
            new ObservedRun()
                .measured("analytics", 35, times(whole, calm), times(whole, busy))
                .evidence(folder, slow, "single-thread", "analytics"))
        .contains("the busiest thread of analytics used");
  }

  private static List<Map<String, Double>> figures(ProcessWatch watch, int from) {
    List<ResourceSample> samples = watch.samples();
    return samples.subList(from, samples.size()).stream().map(ResourceSample::figures).toList();
  }

  private static List<Map<String, Double>> times(double factor, List<Map<String, Double>> all) {
    return all.stream()
        .map(
            figures ->
                figures.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue() * factor)))
        .toList();
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(EVERY.toNanos() / 10);
    }
  }

  private static Void call(URI url, AtomicBoolean calling) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    while (calling.get()) {
      http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding());
    }
    return null;
  }
}
