package com.soundcore.kcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.http.Http.Answer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that never end an answer, or send one that is larger than the memory. */
@Timeout(60)
class EndlessAnswersTest {
  private static final byte[] MEGABYTE = new byte[1 << 20];

  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private Answer answer(Duration timeout, HttpHandler handler) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
    return new Http(timeout, Optional.empty())
        .call("GET", "http://127.0.0.1:" + server.getAddress().getPort() + "/", null);
  }

  private static OutputStream chunked(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  @Test
  void aBodyThatNeverEndsIsNoAnswer() throws IOException {
    Answer answer =
        answer(
            Duration.ofMillis(500),
            exchange -> {
              OutputStream out = chunked(exchange);
              out.write("{\"status\":".getBytes(StandardCharsets.UTF_8));
              out.flush();
              await();
            });
    assertThat(answer.status()).isZero();
    assertThat(answer.body()).isEqualTo("no answer within 500 ms");
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBodyWithoutAnEndIsCutAtItsLimit() throws IOException {
    Answer answer =
        answer(
            Duration.ofSeconds(50),
            exchange -> {
              OutputStream out = chunked(exchange);
              while (over.getCount() > 0) {
                out.write(MEGABYTE);
              }
            });
    assertThat(answer.status()).isZero();
    assertThat(answer.body()).isEqualTo("an answer of more than 32 MB");
  }

  @Test
  void whatUnpacksToMoreThanTheLimitIsNotUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 40; i++) {
        packing.write(MEGABYTE);
      }
    }
    Answer answer =
        answer(
            Duration.ofSeconds(50),
            exchange -> {
              exchange.getResponseHeaders().add("Content-Encoding", "gzip");
              exchange.sendResponseHeaders(200, packed.size());
              exchange.getResponseBody().write(packed.toByteArray());
              exchange.close();
            });
    assertThat(answer.status()).isZero();
    assertThat(answer.body()).isEqualTo("an answer of more than 32 MB");
  }

  @Test
  void aWholeAnswerIsReadToItsEnd() throws IOException {
    Answer answer =
        answer(
            Duration.ofSeconds(50),
            exchange -> {
              exchange.sendResponseHeaders(200, MEGABYTE.length);
              exchange.getResponseBody().write(MEGABYTE);
              exchange.close();
            });
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).hasSize(MEGABYTE.length);
  }
}
