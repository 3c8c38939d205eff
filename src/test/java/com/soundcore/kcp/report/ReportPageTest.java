package com.soundcore.kcp.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.soundcore.kcp.result.RunFolder;
import com.soundcore.kcp.verdict.WrittenRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a real browser sees it. */
class ReportPageTest {
  private static final String BROWSERS = "chromium, chromium-browser, google-chrome";

  @TempDir private Path folder;

  private record Seen(String page, String log) {}

  private Seen open(Path page) throws IOException, InterruptedException {
    Optional<Path> browser = browser();
    assumeTrue(
        browser.isPresent(), "no browser on the PATH (" + BROWSERS + "): the page is not opened");
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("browser.log");
    List<String> command = new ArrayList<>(List.of(browser.get().toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + folder.resolve("profile"),
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--dump-dom",
            page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Seen(
        Files.readString(dom), new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
  }

  private static Optional<Path> browser() {
    return Stream.of(BROWSERS.split(", "))
        .flatMap(
            name -> Stream.of(System.getenv("PATH").split(":")).map(path -> Path.of(path, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void verdictChartsAndTablesAreThereAndNothingIsFetched() throws Exception {
    RunFolder run =
        new WrittenRun()
            .write(
                folder,
                new WrittenRun.Order() {
                  @Override
                  public String error(String service, int second, int number) {
                    boolean wrong = service.equals("auth") && second == 9;
                    return wrong ? "</script><script>alert('broken out')</script>" : "";
                  }
                });
    Reports.write(run, WrittenRun.CONFIG);
    Seen seen = open(run.file("report.html"));

    assertThat(seen.page())
        .contains("<p class=\"status\" id=\"status\">FAIL</p>")
        .contains("auth must have fewer errors than 0.01 %")
        .contains("<td>errors &lt; 0.01 %</td>");
    // Two charts, drawn by the script.
    assertThat(seen.page().split("<canvas", -1)).hasSize(3);
    for (String table : List.of("gates", "services", "phases", "errors")) {
      assertThat(seen.page()).containsPattern("<table id=\"" + table + "\">(?s:.*?)<td>");
    }
    // What a server answered is shown as text and never run.
    assertThat(seen.page()).doesNotContain("<script>alert(");
    assertThat(seen.log()).as("console errors").doesNotContain("CONSOLE");
    // Whatever the page wanted from elsewhere, its own policy would refuse and the console tell.
    assertThat(Files.readString(run.file("report.html")))
        .contains("default-src 'none'")
        .doesNotContainPattern("(src|href)=\"https?:");
  }
}
