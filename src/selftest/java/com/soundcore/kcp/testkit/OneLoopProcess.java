package com.soundcore.kcp.testkit;

import com.soundcore.kcp.embedded.ClassPath;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A service with one event loop in a process of its own, for tests: each call keeps it busy. */
public final class OneLoopProcess implements AutoCloseable {
  private static final long BUSY_NANOS = Duration.ofMillis(20).toNanos();

  private final Process process;
  private final URI url;

  /** Starts it on a free port. */
  public OneLoopProcess() {
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Dsun.net.httpserver.nodelay=true",
                  "-cp",
                  ClassPath.ofTheSuite(),
                  OneLoopProcess.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      url = URI.create(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process: ends when its input does. */
  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // Without an executor the thread that accepts calls answers them.
    server.createContext(
        "/",
        exchange -> {
          long end = System.nanoTime() + BUSY_NANOS;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // nobody writes
    }
    System.exit(0);
  }

  public URI url() {
    return url;
  }

  /** Processor time of the process until now, by the system's own count. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
