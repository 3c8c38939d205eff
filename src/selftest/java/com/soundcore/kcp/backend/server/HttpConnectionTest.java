package com.soundcore.kcp.backend.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.testkit.BackendClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes over the wire, byte by byte. */
class HttpConnectionTest {
  private static final int TIMEOUT_MS = 20_000;
  private static final String CHAT =
      "POST /api/v1/support/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

  private static BackendClient backend;

  @BeforeAll
  static void start() {
    backend = new BackendClient(2000, false);
  }

  @AfterAll
  static void stop() {
    backend.close();
  }

  private static Socket connect(BackendClient to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.ports().get("support"));
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Reads until a text has come. */
  private static String until(Socket socket, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream input = socket.getInputStream();
    while (text.indexOf(end) < 0) {
      int next = input.read();
      if (next < 0) {
        throw new AssertionError("ended after " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theHeadOfAnAnswerHasTypeLengthTimeAndDate() throws IOException {
    try (Socket socket = connect(backend)) {
      send(socket, "GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      String[] parts = all(socket).split("\r\n\r\n");
      assertThat(parts[0])
          .startsWith("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n")
          .contains("\r\nX-Process-Time: 0.")
          .contains("\r\nconnection: close")
          .endsWith("\r\ncontent-length: " + parts[1].length());
      String date = parts[0].replaceAll("(?s).*\r\ndate: ([^\r]*).*", "$1");
      ZonedDateTime sent = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
      assertThat(sent).isBetween(ZonedDateTime.now().minusMinutes(1), ZonedDateTime.now());
    }
  }

  @Test
  void aBodyMayComeInChunksAndAfterItsPermission() throws IOException {
    try (Socket socket = connect(backend)) {
      send(socket, CHAT + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThat(until(socket, "\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      send(socket, "c\r\n{\"message\":\"\r\n");
      send(socket, "6\r\nbass\"}\r\n0\r\n\r\n");
      assertThat(until(socket, "}")).contains("200 OK").contains("what helps with bass.");
      send(socket, "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(until(socket, "}}")).contains("\"ready\"");
    }
  }

  @Test
  void requestsSentTogetherAreAnsweredInTheirOrder() throws IOException {
    try (Socket socket = connect(backend)) {
      send(
          socket,
          "GET /ready HTTP/1.1\r\n"
              + "Host: x\r\n\r\n"
              + "GET /health HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "Connection: close\r\n\r\n");
      String both = all(socket);
      assertThat(both.indexOf("\"ready\"")).isPositive().isLessThan(both.indexOf("\"healthy\""));
    }
  }

  @Test
  void aRequestDuringAnAnswerThatWaitsClosesTheConnection() throws IOException {
    PlantedFault hang = new PlantedFault("support", "hang", "", 0, Long.MAX_VALUE, 0, 1, 0, 0, 0);
    try (BackendClient faulty = new BackendClient(hang);
        Socket socket = connect(faulty)) {
      send(socket, "GET /api/v1/support/tickets HTTP/1.1\r\nHost: x\r\n\r\n");
      send(socket, "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(all(socket)).isEmpty();
    }
  }

  @Test
  void anOldClientIsToldThatItsConnectionStays() throws IOException {
    try (Socket socket = connect(backend)) {
      send(socket, "GET /ready HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(until(socket, "\r\n\r\n").toLowerCase(Locale.ROOT))
          .contains("\r\nconnection: keep-alive\r\n");
      until(socket, "}}");
      send(socket, "GET /ready HTTP/1.0\r\n\r\n");
      assertThat(all(socket)).contains("connection: close").endsWith("}}");
    }
  }

  @Test
  void aHeadOfAnAnswerAloneHasNoBody() throws IOException {
    try (Socket socket = connect(backend)) {
      send(socket, "HEAD /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(all(socket)).startsWith("HTTP/1.1 405 Method Not Allowed").endsWith("\r\n\r\n");
    }
  }

  @Test
  void whatIsNoHttpClosesTheConnection() throws IOException {
    try (Socket socket = connect(backend)) {
      send(socket, "nonsense\r\n\r\n");
      assertThat(all(socket)).isEmpty();
    }
  }
}
