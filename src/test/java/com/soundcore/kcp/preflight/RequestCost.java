package com.soundcore.kcp.preflight;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * A benchmark of this machine for the generator's kind of work. One work unit copies the attributes
 * of a virtual user, writes a request, decodes a response and searches it. The number of work units
 * in a real request hardly depends on the machine.
 *
 * <p>The benchmark excludes the kernel on purpose. An exchange over the loopback took 4 µs on one
 * machine and 12 µs on another, while a real request took 52 and 58 µs: event loops read and write
 * in batches.
 */
public final class RequestCost {
  private static final int ANSWER = 1500;
  private static final int ATTRIBUTES = 12;
  private static final int BLOCK = 200;
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private RequestCost() {}

  /**
   * Measures for 0.4 s of CPU time, and for 3 s at most.
   *
   * @return the CPU time of a work unit in microseconds; empty if the JVM cannot measure the CPU
   *     time of a thread
   */
  public static OptionalDouble workMicros() {
    if (!THREADS.isCurrentThreadCpuTimeSupported()) {
      return OptionalDouble.empty();
    }
    byte[] answer = answer();
    List<Double> blocks = new ArrayList<>();
    long end = System.nanoTime() + LIMIT_NANOS;
    long first = THREADS.getCurrentThreadCpuTime();
    long before = first;
    int found = 0;
    while (blocks.isEmpty() || before - first < ENOUGH_NANOS && System.nanoTime() < end) {
      for (int i = 0; i < BLOCK; i++) {
        found += work(answer, i);
      }
      long now = THREADS.getCurrentThreadCpuTime();
      blocks.add((now - before) / 1e3 / BLOCK);
      before = now;
    }
    // found is never 0; using it keeps the compiler from removing the work.
    return found == 0 ? OptionalDouble.empty() : OptionalDouble.of(typical(blocks));
  }

  private static int work(byte[] answer, int serial) {
    Map<String, Object> user = new HashMap<>();
    for (int i = 0; i < ATTRIBUTES; i++) {
      user.put("attribute-" + i, serial + i);
    }
    Map<String, Object> next = new HashMap<>(user);
    next.put("attribute-0", "another");
    StringBuilder request = new StringBuilder("GET /api/v1/knowledge/").append(serial);
    next.forEach((name, value) -> request.append("\r\n").append(name).append(": ").append(value));
    byte[] sent = request.toString().getBytes(StandardCharsets.UTF_8);
    String text = new String(answer, StandardCharsets.UTF_8);
    boolean right = text.contains("\"id\":") && !text.contains("\"error\":");
    return right ? Math.max(1, text.hashCode() & sent.length) : 1;
  }

  private static byte[] answer() {
    byte[] answer = new byte[ANSWER];
    Arrays.fill(answer, (byte) ' ');
    byte[] text = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, answer, ANSWER - text.length, text.length);
    return answer;
  }

  /**
   * Takes the lower quartile of the second half. In the first half the code may not be compiled
   * yet, and other programs can only slow a block down.
   */
  private static double typical(List<Double> blocks) {
    double[] latter =
        blocks.stream().skip(blocks.size() / 2).mapToDouble(Double::doubleValue).sorted().toArray();
    return latter[latter.length / 4];
  }
}
