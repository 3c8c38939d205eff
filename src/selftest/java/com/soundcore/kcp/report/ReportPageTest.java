package com.soundcore.kcp.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.Browser;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a real browser sees it. */
@Tag("slow")
class ReportPageTest {
  @TempDir private Path folder;

  @Test
  void verdictChartsAndTablesAreThereAndNothingIsFetched() {
    RunFolder run =
        new SyntheticRun()
            .write(
                folder,
                new SyntheticRun.Order() {
                  @Override
                  public String error(String service, int second, int number) {
                    boolean wrong = service.equals("auth") && second == 9;
                    return wrong ? "</script><script>alert('broken out')</script>" : "";
                  }
                });
    run.write(
        List.of(
            new ResourceSample(5, "auth", Map.of("cpu", 0.2, "memory", 1e8)),
            new ResourceSample(10, "auth", Map.of("cpu", 0.3, "memory", 1.1e8))));
    RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      String url = run.file("report.html").toUri().toString();
      browser.open(url);
      assertThat(browser.value("document.getElementById('status').textContent").asText())
          .isEqualTo("FAIL");
      assertThat(browser.value("document.body.innerText").asText())
          .contains("auth must have fewer errors than 0.01 %", "errors < 0.01 %")
          // What a server answered is shown as text and never run.
          .contains("<script>alert('broken out')</script>");
      assertThat(browser.value("document.querySelectorAll('canvas').length").asInt())
          .as("two of all and two of each service, the spread twice, errors, and two figures")
          .isEqualTo(17);
      for (String table : List.of("gates", "services", "phases", "errors")) {
        String rows = "document.querySelectorAll('#%s tbody tr').length".formatted(table);
        assertThat(browser.value(rows).asInt()).as(table).isPositive();
      }
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests())
          .allMatch(asked -> asked.equals(url) || asked.startsWith("data:"));
      // A phone: nothing but the wide tables' own boxes is wider than the screen.
      assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
          .isTrue();
    }
  }
}
