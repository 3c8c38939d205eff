package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.testkit.Browser;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page during a real run, in a real browser. */
@Tag("full")
class LivePageTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern ADDRESS = Pattern.compile("live +(http://127\\.0\\.0\\.1:\\d+/)");

  // A spike of 30 users among 3, in 30 s.
  private static final Map<String, String> SPIKE =
      Map.ofEntries(
          Map.entry("kcp.load-scale", "0.2"),
          Map.entry("kcp.tests.spike.stages.0.over", "2s"),
          Map.entry("kcp.tests.spike.stages.1.hold", "6s"),
          Map.entry("kcp.tests.spike.stages.2.over", "2s"),
          Map.entry("kcp.tests.spike.stages.3.hold", "10s"),
          Map.entry("kcp.tests.spike.stages.4.over", "2s"),
          Map.entry("kcp.tests.spike.stages.5.hold", "6s"),
          Map.entry("kcp.tests.spike.stages.6.over", "2s"));

  @TempDir private Path folder;

  private static String address(SuiteProcess run) {
    run.await("live      http", Duration.ofSeconds(60));
    Matcher matcher = ADDRESS.matcher(run.output());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static double number(Browser browser, String id) {
    String text = "document.getElementById('%s').textContent".formatted(id);
    return Double.parseDouble(browser.value(text).asText().replaceAll("[^\\d.]", "0"));
  }

  @Test
  void figuresMoveTheSpikeIsSeenAndTheVerdictComes() {
    try (Browser browser = Browser.start(folder.resolve("profile"));
        SuiteProcess run = SuiteProcess.start("Spike", SPIKE)) {
      String address = address(run);
      browser.open(address);
      browser.await("+document.getElementById('rps').textContent.replace(/,/g, '') > 0", SOON);
      browser.await("document.getElementById('status').textContent === 'hold 20'", SOON);
      double before = number(browser, "users");
      browser.await("document.getElementById('status').textContent === 'hold 200'", SOON);
      browser.await("+document.getElementById('users').textContent > " + 5 * before, SOON);

      // A reload keeps what was: the chart still begins at the first second.
      browser.reload();
      browser.await("document.querySelectorAll('#services tbody tr').length === 5", SOON);
      assertThat(browser.value("document.querySelectorAll('canvas').length").asInt())
          .as("two of all, two of each service")
          .isEqualTo(12);
      assertThat(browser.value("Charts.shown().every(s => s[0] === 0 && s[1] > 2)").asBoolean())
          .isTrue();
      assertThat(browser.barriers()).isEmpty();
      browser.size(390, 900);
      String fits = "document.documentElement.scrollWidth <= innerWidth";
      browser.await(fits, SOON);
      browser.size(1200, 1600);
      browser.screenshot(Path.of("target", "live-page.png"));

      browser.await(
          "/^(PASS|FAIL|INVALID)$/.test(document.getElementById('status').textContent)",
          Duration.ofSeconds(60));
      browser.await("document.querySelectorAll('#reasons a').length === 1", SOON);
      run.exitCode(LIMIT);
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests())
          .contains(address)
          .allMatch(
              asked ->
                  asked.startsWith(address)
                      || asked.startsWith("data:")
                      || asked.startsWith("blob:" + address));
    }
  }

  @Test
  void nothingCanBeChangedNothingSecretIsShownAndWhoReadsSlowlyHoldsNobodyUp() throws Exception {
    // PASS is asserted, and a slow machine would make it INVALID.
    Map<String, String> spike = SuiteProcess.onAnyMachine(SPIKE);
    try (SuiteProcess run =
        SuiteProcess.start("Spike", spike, Map.of("KCP_TOKEN", "s3cr3t-t0k3n"))) {
      String address = address(run);
      HttpClient http = HttpClient.newHttpClient();
      // Pages that never read: one after the other.
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket("127.0.0.1", URI.create(address).getPort());
        socket.setReceiveBufferSize(1024);
        String ask = "GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      for (String path : List.of("", "history", "metrics", "report", "../etc/passwd", "run.json")) {
        var answer = http.send(get(address + path).build(), BodyHandlers.ofString());
        assertThat(answer.body()).doesNotContain("s3cr3t-t0k3n", "root:");
      }
      for (String method : List.of("POST", "PUT", "DELETE")) {
        HttpRequest ask = get(address).method(method, HttpRequest.BodyPublishers.noBody()).build();
        assertThat(http.send(ask, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
      }
      assertThat(statusUnderTheName("evil.example", address)).startsWith("HTTP/1.1 403");
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      for (Socket socket : slow) {
        socket.close();
      }
      assertThat(run.output()).doesNotContain("s3cr3t-t0k3n");
    }
  }

  private static HttpRequest.Builder get(String address) {
    return HttpRequest.newBuilder(URI.create(address));
  }

  private static String statusUnderTheName(String host, String address) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", URI.create(address).getPort())) {
      String ask = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
      try (InputStream answer = socket.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
