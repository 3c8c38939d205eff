package com.soundcore.kcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.http.Http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that stall, flood and redirect, byte by byte. */
@Timeout(60)
class HttpTest {
  private static final String CONTINUES = "x-filler: " + "y".repeat(1000) + "\r\n";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Boolean> closedByClient = new CompletableFuture<>();
  private ServerSocket server;

  /** What a server does with a connection, once the request's headers are read. */
  private interface Reply {
    void to(Socket socket, OutputStream out) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  private void serve(Reply reply) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  asked.add(head(socket.getInputStream()));
                  reply.to(socket, socket.getOutputStream());
                } catch (IOException closed) {
                  closedByClient.complete(true);
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (head.toString().endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static Http http(long millis, Optional<String> token) {
    return new Http(Duration.ofMillis(millis), token);
  }

  @Test
  void aServerThatStallsInItsHeadersIsGivenUpAndItsConnectionIsClosed() throws Exception {
    serve(
        (socket, out) -> {
          write(out, "HTTP/1.1 200 OK\r\nContent-Le");
          closedByClient.complete(socket.getInputStream().read() < 0);
        });
    Answer answer = http(500, Optional.empty()).call("GET", url(), null);
    assertThat(answer.body()).isEqualTo("no answer within 500 ms");
    assertThat(closedByClient.get()).isTrue();
  }

  @Test
  void aServerThatStallsInItsBodyIsGivenUpAndItsConnectionIsClosed() throws Exception {
    serve(
        (socket, out) -> {
          write(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
          closedByClient.complete(socket.getInputStream().read() < 0);
        });
    Answer answer = http(500, Optional.empty()).call("GET", url(), null);
    assertThat(answer.body()).isEqualTo("no answer within 500 ms");
    assertThat(closedByClient.get()).isTrue();
  }

  @Test
  void headersWithoutAnEndAreCutAtTheirLimit() {
    serve(
        (socket, out) -> {
          write(out, "HTTP/1.1 200 OK\r\n");
          while (true) {
            write(out, CONTINUES);
          }
        });
    Answer answer = http(50_000, Optional.empty()).call("GET", url(), null);
    assertThat(answer.status()).isZero();
    assertThat(answer.body()).contains("header");
  }

  @Test
  void noRedirectIsFollowed() {
    serve(
        (socket, out) ->
            write(
                out,
                "HTTP/1.1 302 Found\r\nLocation: %sother\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(url())));
    assertThat(http(5000, Optional.of("s3cret")).call("GET", url(), null).status()).isEqualTo(302);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aTokenIsNotSentInTheClearBeyondThisMachine() {
    String other = "http://kcp.staging.invalid:" + server.getLocalPort() + "/";
    assertThat(http(5000, Optional.of("s3cret")).call("GET", other, null).body())
        .isEqualTo("not sent: the token would leave this machine unencrypted; use https");
    assertThat(http(5000, Optional.empty()).call("GET", other, null).body())
        .isEqualTo("unknown host");
  }

  @ParameterizedTest
  @CsvSource({"X-Shop, 's3cret\n'", "X-Shop, s3crět", "X Shop, s3cret", "Host, s3cret"})
  void aHeaderThatCannotBeSentIsNamedWithoutItsValue(String name, String value) {
    Answer answer =
        http(5000, Optional.empty()).call("GET", url(), null, "text/plain", Map.of(name, value));
    assertThat(answer.status()).isZero();
    assertThat(answer.body())
        .startsWith("not sent: the header " + name + " must have")
        .doesNotContain("s3cr");
  }

  @Test
  void aUrlThatIsNoneIsASentenceWithoutIt() {
    assertThat(http(5000, Optional.empty()).call("POST", "https://chat.example/a\nb", "{}").body())
        .isEqualTo("not sent: the URL is not valid");
  }
}
