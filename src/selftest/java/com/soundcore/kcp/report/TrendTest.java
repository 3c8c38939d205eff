package com.soundcore.kcp.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.TrendOptions;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.testkit.Browser;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrendTest {
  private static final long DAY = 86_400_000L;
  private static final TrendOptions OPTIONS = SyntheticRun.CONFIG.trend();

  @TempDir private Path folder;

  private void run(String name, int millis, SyntheticRun written) {
    RunJudge.judgeAndWrite(
        written.write(
            folder.resolve(name), SyntheticRun.Order.taking((service, second, number) -> millis)),
        SyntheticRun.CONFIG);
  }

  private static List<String> names(JsonNode points) {
    List<String> names = new ArrayList<>();
    points.forEach(point -> names.add(point.path("name").asText()));
    return names;
  }

  @Test
  void thePageHasEveryRunAndTheFilesTheNewestThatProvedSomething() throws IOException {
    run("a", 10, new SyntheticRun().startedAt(DAY));
    run("b", 20, new SyntheticRun().startedAt(2 * DAY));
    run("c", 90, new SyntheticRun().startedAt(3 * DAY).unfinished());
    Files.createDirectories(folder.resolve("not-a-run"));
    assertThat(Trend.write(folder, OPTIONS).files())
        .allMatch(Files::isReadable)
        .extracting(file -> folder.relativize(file).toString())
        .containsExactlyInAnyOrder("trend.html", "trend-smaller.json", "trend-bigger.json");

    String kind = "qps10k on embedded, mixed, open model, time × 1.0, load × 0.01";
    JsonNode smaller = new ObjectMapper().readTree(folder.resolve("trend-smaller.json").toFile());
    assertThat(names(smaller))
        .hasSize(15)
        .contains(kind + ": auth p95", kind + ": auth p99", kind + ": knowledge error rate");
    assertThat(smaller)
        .filteredOn(point -> point.path("unit").asText().equals("ms"))
        .hasSize(10)
        .allMatch(point -> point.path("value").asDouble() == 20)
        .allMatch(point -> point.path("extra").asText().equals("kcp-qps10k-test: PASS"));
    JsonNode bigger = new ObjectMapper().readTree(folder.resolve("trend-bigger.json").toFile());
    assertThat(names(bigger)).hasSize(5).contains(kind + ": knowledge rate");

    String page = Files.readString(folder.resolve("trend.html"));
    assertThat(page)
        .contains(kind, "[10.0,20.0,90.0]", "<td>INVALID</td>")
        .contains("default-src 'none'")
        .doesNotContainPattern("(src|href)=\"https?:");
  }

  @Test
  void aChangeOfLevelIsFoundWithItsRunAndCanBeAcknowledged() throws IOException {
    for (int night = 1; night <= 16; night++) {
      int millis = night < 9 ? 100 + night % 3 : 130 + night % 3;
      String id = "kcp-qps10k-night-" + night;
      run("night" + night, millis, new SyntheticRun().startedAt(night * DAY).id(id));
    }
    Trend.Result found = Trend.write(folder, OPTIONS);
    assertThat(found.worse()).isTrue();
    assertThat(found.changes())
        .hasSize(10)
        .allMatch(sentence -> sentence.matches(".* p9[59] rose by .*"))
        .allMatch(sentence -> sentence.contains("with run kcp-qps10k-night-9 of 1970-01-10"));
    assertThat(Files.readString(folder.resolve("trend.html"))).contains("Changes of level");
    Files.writeString(folder.resolve("acknowledged.txt"), "kcp-qps10k-night-9: a slower disk\n");
    assertThat(Trend.write(folder, OPTIONS).worse()).isFalse();
  }

  @Test
  @Tag("full")
  void thePageShowsEachFigureWithoutBarriersInARealBrowser() {
    for (int night = 1; night <= 16; night++) {
      run("night" + night, night < 9 ? 100 : 130, new SyntheticRun().startedAt(night * DAY));
    }
    Trend.write(folder, OPTIONS);
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      for (int width : List.of(390, 1280, 1920)) {
        browser.size(width, 900);
        browser.open(folder.resolve("trend.html").toUri().toString());
        assertThat(browser.value("document.querySelectorAll('canvas').length").asInt())
            .as("p95, p99, error rate and rate")
            .isEqualTo(4);
        assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
            .as(width + " px")
            .isTrue();
        assertThat(browser.barriers()).as(width + " px").isEmpty();
        browser.screenshot(Path.of("target", "trend-" + width + ".png"));
      }
      assertThat(browser.value("document.querySelector('.chart, .charts div').ariaLabel").asText())
          .contains("p95 by run", "it changed on 1970-01-10");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aFolderWithoutRunsIsReported() {
    assertThatThrownBy(() -> Trend.write(folder, OPTIONS))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("holds no run");
  }
}
