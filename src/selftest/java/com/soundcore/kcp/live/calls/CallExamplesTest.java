package com.soundcore.kcp.live.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.Answered.Example;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.BackendClient;
import com.soundcore.kcp.testkit.Gateway;
import com.soundcore.kcp.testkit.Gateway.Passing;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real run keeps of single calls, of a service that turns bad and says too much. */
@Tag("full")
class CallExamplesTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int GOOD = 30;
  private static final String TOO_MUCH =
      "{\"detail\": \"<b>no rights</b> for eyJhbGciOi.J9.c2ln, Bearer 0paque-t0ken\","
          + " \"session_token\": \"abc123\", \"also\": \"pass-of-this-run\"}";
  private static final List<String> SECRETS =
      List.of("eyJhbGciOi", "0paque-t0ken", "abc123", "pass-of-this-run");

  @Test
  void theSlowestAndTheFailedAreKeptWithTheirTracesAndWithoutSecrets() throws IOException {
    Queue<String> traces = new ConcurrentLinkedQueue<>();
    AtomicInteger calls = new AtomicInteger();
    try (BackendClient backend = new BackendClient(2000, false);
        Gateway support =
            Gateway.before(
                    backend.ports().get("support"),
                    (call, real) ->
                        call.startsWith("GET /api/v1/support/tickets")
                                && calls.incrementAndGet() > GOOD
                            ? new Passing(500, TOO_MUCH)
                            : real)
                .listening("traceparent", header -> traces.add(String.valueOf(header)))) {
      Map<String, String> overrides = new HashMap<>(backend.urls());
      overrides.put("kcp.environment.urls.support", support.url());
      overrides.put("kcp.env", "local");
      overrides.put("kcp.tracing.share", "100%");
      overrides.put("kcp.tracing.url", "https://traces.example/{trace}");
      try (SuiteProcess run =
          SuiteProcess.start(
              "Smoke",
              // FAIL is asserted, and a slow machine would make it INVALID.
              SuiteProcess.onAnyMachine(overrides),
              Map.of("KCP_DATABASE_PASSWORD", "pass-of-this-run"))) {
        assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(2);
        RunFolder folder = new RunFolder(run.folder());
        List<Example> examples = folder.examples();
        Example failed = examples.get(0);
        assertThat(failed.request()).isEqualTo("support / tickets");
        assertThat(failed.wrong()).isEqualTo("500 in place of 200");
        assertThat(failed.call()).startsWith("GET " + support.url() + "/api/v1/support/tickets");
        assertThat(failed.answer()).startsWith("{\"detail\": \"<b>no rights</b> for (secret)");
        assertThat(failed.link()).isEqualTo("https://traces.example/" + failed.trace());
        assertThat(traces)
            .filteredOn(header -> header.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"))
            .anyMatch(header -> header.startsWith("00-" + failed.trace()))
            .doesNotHaveDuplicates()
            .hasSizeGreaterThan(50);
        assertThat(examples)
            .filteredOn(example -> example.wrong().isEmpty())
            .filteredOn(example -> example.request().startsWith("knowledge / "))
            .hasSize(5)
            .allMatch(example -> example.trace().length() == 32);
        assertThat(Files.readString(folder.file("report.html")))
            .contains("href=\"https://traces.example/" + failed.trace())
            .contains("&lt;b&gt;no rights");
        try (Stream<java.nio.file.Path> files = Files.walk(run.folder())) {
          for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
            assertThat(new String(Files.readAllBytes(file)))
                .as(file.toString())
                .doesNotContain(SECRETS);
          }
        }
      }
    }
  }

  @Test
  void withoutTracingNoCallHasTheHeader() {
    Queue<String> traces = new ConcurrentLinkedQueue<>();
    try (BackendClient backend = new BackendClient(2000, false);
        Gateway support =
            Gateway.before(backend.ports().get("support"), (call, real) -> real)
                .listening("traceparent", header -> traces.add(String.valueOf(header)))) {
      Map<String, String> overrides = new HashMap<>();
      overrides.put("kcp.env", "local");
      overrides.put("kcp.environment.urls.support", support.url());
      overrides.put("kcp.services", "support");
      overrides.put("kcp.tests.smoke.stages.1.hold", "20s");
      // PASS is asserted, and a slow machine would make it INVALID.
      try (SuiteProcess run = SuiteProcess.start("Smoke", SuiteProcess.onAnyMachine(overrides))) {
        assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
        assertThat(new RunFolder(run.folder()).examples())
            .hasSize(5)
            .allMatch(example -> example.trace().isEmpty() && example.link().isEmpty());
      }
    }
    assertThat(traces).isNotEmpty().containsOnly("null");
  }
}
