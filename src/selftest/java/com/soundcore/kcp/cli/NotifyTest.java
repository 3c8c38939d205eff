package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.Printed;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code kcp status} and {@code kcp notify}, and a real webhook. */
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
                SyntheticRun.Order.failing(
                    (service, second, number) -> service.equals("auth") ? error : ""));
    RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
    return run;
  }

  private record Ended(int code, String output) {}

  private static Ended kcp(CommandLine command, String... arguments) {
    AtomicInteger code = new AtomicInteger();
    String output = Printed.by(() -> code.set(command.execute(arguments)));
    return new Ended(code.get(), output);
  }

  private static CommandLine notify(Map<String, String> environment) {
    CommandLine command = new CommandLine(new NotifyCommand(environment));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(Kcp.commandLine().getExecutionExceptionHandler());
    return command;
  }

  private Ended notified(String... arguments) {
    int port = chat.getAddress().getPort();
    Map<String, String> environment =
        Map.of(
            "KCP_WEBHOOK",
            "http://127.0.0.1:%d/s3cr3t-hook".formatted(port),
            "KCP_RUN_URL",
            "https://ci.example/runs/7");
    return kcp(notify(environment), arguments);
  }

  @Test
  void aRedRunIsAMessageInEachKindOfChatAndAnAnnotation() throws Exception {
    String run = run(HOSTILE).path().toString();
    for (String kind : List.of("slack", "teams", "plain")) {
      Ended ended = notified(run, "--kind=" + kind);
      assertThat(ended.code()).as(ended.output()).isZero();
      assertThat(ended.output()).doesNotContain("s3cr3t");
      JsonNode message = new ObjectMapper().readTree(received.take());
      assertThat(message.toString())
          .contains("FAIL", "auth must have fewer errors", "https://ci.example/runs/7");
    }
    Ended annotated = kcp(Kcp.commandLine(), "status", run, "--github");
    assertThat(annotated.code()).isEqualTo(2);
    assertThat(annotated.output().lines())
        .anyMatch(
            line -> line.startsWith("::error title=FAIL: qps10k::auth must have fewer errors"))
        .last()
        .isEqualTo("FAIL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.example/s3cr3t\nhook",
        "http://chat.example/s3cr3t",
        "chat.example/s3cr3t",
        "file:///s3cr3t"
      })
  void aWebhookThatIsNotPrivateIsASentenceThatDoesNotShowIt(String webhook) throws Exception {
    Ended ended = kcp(notify(Map.of("KCP_WEBHOOK", webhook)), run(HOSTILE).path().toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .startsWith("INVALID: KCP_WEBHOOK must be one https:// URL")
        .doesNotContain("s3cr3t", "Exception");
  }

  @Test
  void whatAServerAnsweredIsTextInAChatAndInAnAnnotation() throws Exception {
    String error = "j.n.UnknownHostException: " + HOSTILE;
    String run = run(error).path().toString();
    notified(run, "--kind=slack");
    assertThat(new ObjectMapper().readTree(received.take()).path("text").asText())
        .contains("UnknownHostException: 100 % wrong", "&lt;!channel&gt;")
        .doesNotContain("<!channel>");
    assertThat(kcp(Kcp.commandLine(), "status", run, "--github").output().lines())
        .anyMatch(line -> line.contains("UnknownHostException: 100 %25 wrong\\u000A::add-mask::x"))
        .noneMatch(line -> line.startsWith("::add-mask"));
  }

  @Test
  void aPassIsNoMessage() throws Exception {
    Ended ended = notified(run("").path().toString());
    assertThat(ended.code()).isZero();
    assertThat(ended.output()).contains("nobody needs to know");
    assertThat(received).isEmpty();
  }

  @Test
  void aJobThatIsRedWithoutARedVerdictIsAMessageToo() throws Exception {
    Ended nothing = notified("--test=Spike");
    assertThat(nothing.code()).as(nothing.output()).isZero();
    assertThat(received.take()).contains("INVALID", "Spike", "nothing was measured");
    notified(run("").path().toString(), "--test=Spike", "--ended-with=137");
    assertThat(received.take())
        .contains("INVALID", "the verdict was PASS, but the run ended with 137");
  }

  @Test
  void aWebhookThatRefusesIsOneSentenceWithoutItsAddress() throws Exception {
    status = 404;
    Ended ended = notified(run(HOSTILE).path().toString());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .contains("The webhook in KCP_WEBHOOK answered with status 404")
        .doesNotContain("s3cr3t", "Exception");
  }

  @Test
  void withoutAWebhookNobodyIsNotified() {
    Ended ended = kcp(notify(Map.of()), "--test=Spike");
    assertThat(ended.code()).isZero();
    assertThat(ended.output().strip()).isEqualTo("KCP_WEBHOOK is not set: nobody is notified.");
    assertThat(received).isEmpty();
  }
}
