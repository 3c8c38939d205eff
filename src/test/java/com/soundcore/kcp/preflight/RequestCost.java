package com.soundcore.kcp.preflight;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * What work of the generator's kind costs on this machine: exchanges of a request and an answer
 * over the loopback, with the answer searched for a text. The kernel takes half of it, as it does
 * of a real request. How many such exchanges a real request is worth does not depend on the
 * machine.
 *
 * <p>One thread has both ends: under load no thread is asleep, and waking one up costs ten times as
 * much as an exchange.
 */
public final class RequestCost {
  private static final int REQUEST = 300;
  private static final int ANSWER = 1500;
  private static final int BLOCK = 200;
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private RequestCost() {}

  /**
   * Exchanges for half a second of processor time, and for three seconds at most.
   *
   * @return microseconds of processor time for an exchange, both ends together; empty where this
   *     machine does not count them
   */
  public static OptionalDouble exchangeMicros() {
    if (!THREADS.isCurrentThreadCpuTimeSupported()) {
      return OptionalDouble.empty();
    }
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      client.setTcpNoDelay(true);
      accepted.setTcpNoDelay(true);
      return OptionalDouble.of(typical(exchange(client, accepted)));
    } catch (IOException noLoopback) {
      return OptionalDouble.empty();
    }
  }

  private static List<Double> exchange(Socket client, Socket server) throws IOException {
    byte[] request = new byte[REQUEST];
    byte[] answer = answer();
    OutputStream asks = client.getOutputStream();
    DataInputStream asked = new DataInputStream(server.getInputStream());
    OutputStream answers = server.getOutputStream();
    DataInputStream answered = new DataInputStream(client.getInputStream());
    List<Double> blocks = new ArrayList<>();
    long end = System.nanoTime() + LIMIT_NANOS;
    long first = THREADS.getCurrentThreadCpuTime();
    long before = first;
    while (blocks.isEmpty() || before - first < ENOUGH_NANOS && System.nanoTime() < end) {
      for (int i = 0; i < BLOCK; i++) {
        asks.write(request);
        asked.readFully(request);
        answers.write(answer);
        answered.readFully(answer);
        if (!new String(answer, StandardCharsets.UTF_8).contains("\"id\":")) {
          throw new IOException("an answer without its text");
        }
      }
      long now = THREADS.getCurrentThreadCpuTime();
      blocks.add((now - before) / 1e3 / BLOCK);
      before = now;
    }
    return blocks;
  }

  private static byte[] answer() {
    byte[] answer = new byte[ANSWER];
    Arrays.fill(answer, (byte) ' ');
    byte[] text = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, answer, ANSWER - text.length, text.length);
    return answer;
  }

  /** The median of the latter half: before it the code was not compiled yet. */
  private static double typical(List<Double> blocks) {
    double[] latter =
        blocks.stream().skip(blocks.size() / 2).mapToDouble(Double::doubleValue).sorted().toArray();
    return latter[latter.length / 2];
  }
}
