package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kcp status} and {@code kcp notify}, as a night runs them, and a real webhook. */
@Tag("full")
class NotifyTest {
  private static final String HOSTILE = "100 % wrong\n::add-mask::x <!channel>";

  @TempDir private Path folder;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private HttpServer chat;
  private volatile int status = 200;

  @BeforeEach
  void open() throws IOException {
    chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    chat.createContext(
        "/s3cr3t-hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    chat.start();
  }

  @AfterEach
  void close() {
    chat.stop(0);
  }

  private RunFolder run(String error) {
    RunFolder run =
        new SyntheticRun()
            .write(
                folder,
                new SyntheticRun.Order() {
                  @Override
                  public String error(String service, int second, int number) {
                    return service.equals("auth") ? error : "";
                  }
                });
    RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
    return run;
  }

  private record Ended(int code, String output) {}

  private Ended kcp(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", ClassPath.ofTheSuite(), Kcp.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put(
            "KCP_WEBHOOK",
            "http://127.0.0.1:%d/s3cr3t-hook".formatted(chat.getAddress().getPort()));
    builder.environment().put("KCP_RUN_URL", "https://ci.example/runs/7");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  @Test
  void aRedRunIsAMessageInEachKindOfChatAndAnAnnotation() throws Exception {
    String run = run(HOSTILE).path().toString();
    for (String kind : List.of("slack", "teams", "plain")) {
      Ended ended = kcp("notify", run, "--kind=" + kind);
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output()).doesNotContain("s3cr3t");
      JsonNode message = new ObjectMapper().readTree(received.take());
      assertThat(message.toString())
          .contains("FAIL", "auth must have fewer errors", "https://ci.example/runs/7");
      // What has a meaning of its own in a chat comes as text.
      assertThat(message.at("/text").asText()).doesNotContain("<!channel>");
    }
    Ended annotated = kcp("status", run, "--github");
    assertThat(annotated.code()).isEqualTo(2);
    assertThat(annotated.output().lines())
        .anyMatch(
            line -> line.startsWith("::error title=FAIL: qps10k::auth must have fewer errors"))
        .noneMatch(line -> line.startsWith("::add-mask"))
        .last()
        .isEqualTo("FAIL");
  }

  @Test
  void aPassIsNoMessage() throws Exception {
    Ended ended = kcp("notify", run("").path().toString());
    assertThat(ended.code()).isZero();
    assertThat(ended.output()).contains("nobody needs to know");
    assertThat(received).isEmpty();
  }

  @Test
  void aJobThatIsRedWithoutARedVerdictIsAMessageToo() throws Exception {
    Ended nothing = kcp("notify", "--test=Spike");
    assertThat(nothing.code()).as(nothing.output()).isZero();
    assertThat(received.take()).contains("INVALID", "Spike", "nothing was measured");
    kcp("notify", run("").path().toString(), "--test=Spike", "--ended-with=137");
    assertThat(received.take())
        .contains("INVALID", "the verdict was PASS, but the run ended with 137");
  }

  @Test
  void aWebhookThatRefusesIsOneSentenceWithoutItsAddress() throws Exception {
    status = 404;
    Ended ended = kcp("notify", run(HOSTILE).path().toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .contains("The webhook in KCP_WEBHOOK answered with status 404")
        .doesNotContain("s3cr3t", "Exception");
  }
}
