package com.soundcore.kcp.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.Browser;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of an hour, noisy in everything that it shows, is still one small page. */
@Tag("full")
class HourLongReportTest {
  private static final int HOUR = 3600;
  private static final int SCRAPE_SECONDS = 5;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 2_000_000;
  private static final List<String> SERVICES =
      List.of("knowledge", "content", "support", "analytics", "auth", "database", "host");

  // What a deployment with a Prometheus shows of each of them, about.
  private static final List<String> FIGURES =
      List.of("cpu", "memory", "open-files", "connections", "threads", "process-time", "throttled");

  @TempDir private Path folder;

  private RunFolder run() {
    Random noise = new Random(1);
    RunFolder run =
        new SyntheticRun()
            .of("soak")
            .holding(HOUR)
            .write(
                folder,
                new SyntheticRun.Order() {
                  @Override
                  public int millis(String service, int second, int number) {
                    return 5 + (int) (40 * Math.pow(noise.nextDouble(), 4));
                  }

                  @Override
                  public String error(String service, int second, int number) {
                    boolean wrong = service.equals("support") && noise.nextInt(2000) == 0;
                    return wrong ? "status, 503 in place of 200" : "";
                  }
                });
    List<ResourceSample> resources = new ArrayList<>();
    for (int second = 0; second < HOUR; second += SCRAPE_SECONDS) {
      for (String service : SERVICES) {
        Map<String, Double> figures = new TreeMap<>();
        FIGURES.forEach(figure -> figures.put(figure, 1e6 * noise.nextDouble()));
        resources.add(new ResourceSample(second, service, figures));
      }
    }
    run.write(resources);
    return run;
  }

  @Test
  void itIsSmallAndWholeAndOpens() throws IOException {
    RunFolder run = run();
    RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
    Path page = run.file("report.html");
    assertThat(Files.size(page)).isLessThan(MOST_BYTES);
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      browser.size(1280, 900);
      browser.open(page.toUri().toString());
      browser.await("Charts.waiting() === 0", SOON);
      assertThat(browser.value("Charts.shown().every(s => s[0] === 0 && s[1] > 3500)").asBoolean())
          .isTrue();
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.barriers()).isEmpty();
    }
  }
}
