package com.soundcore.kcp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.ResourceSample;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** This very process listens, and one of its threads works. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at /proc")
@Timeout(60)
class ProcessWatchTest {
  private static final Duration EVERY = Duration.ofMillis(500);

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
}
