package com.soundcore.kcp.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.Browser;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a real browser sees it. */
@Tag("full")
class ReportPageTest {
  private static final String HOSTILE = "</script><script>alert('broken out')</script>";
  private static final String FORMULA = "=HYPERLINK(\"http://evil.example\") \u202Egnp";

  private static final String ENDLESS = "status, 500 ".repeat(5_000);
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path folder;

  /** Support gets slow in second 35 of the run and fails; auth answers with hostile texts. */
  private String url() {
    RunFolder run =
        new SyntheticRun()
            .write(
                folder,
                new SyntheticRun.Order() {
                  @Override
                  public int millis(String service, int second, int number) {
                    return service.equals("support") && second >= 30 ? 900 : 5 + number % 5;
                  }

                  @Override
                  public String error(String service, int second, int number) {
                    if (service.equals("support") && second >= 30 && number == 0) {
                      return "status, 503 in place of 200";
                    }
                    boolean wrong = service.equals("auth") && second == 9;
                    return !wrong ? "" : number == 0 ? FORMULA : number == 1 ? ENDLESS : HOSTILE;
                  }
                });
    run.write(
        List.of(
            new ResourceSample(5, "auth", Map.of("cpu", 0.2, "memory", 1e8)),
            new ResourceSample(10, "auth", Map.of("cpu", 0.3, "memory", 1.1e8))));
    RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
    return run.file("report.html").toUri().toString();
  }

  private Browser browser() {
    return Browser.start(folder.resolve("profile"));
  }

  /** Opens it, and waits until all of it is drawn. */
  private static void open(Browser browser, String url) {
    browser.open(url);
    browser.await("Charts.waiting() === 0", SOON);
  }

  private static String text(Browser browser, String id) {
    return browser.value("document.getElementById('%s').textContent".formatted(id)).asText();
  }

  @Test
  void verdictChartsAndTablesAreThereAndNothingIsFetched() {
    String url = url();
    try (Browser browser = browser()) {
      open(browser, url);
      assertThat(text(browser, "status")).isEqualTo("FAIL");
      assertThat(text(browser, "meaning")).contains("measured, and missed");
      assertThat(text(browser, "worst")).startsWith("support: ");
      assertThat(text(browser, "since")).isEqualTo("from 0:35 to the end");
      assertThat(text(browser, "next")).isEqualTo("the service's error log at the times given");
      assertThat(browser.value("document.body.innerText").asText())
          .contains("auth must have fewer errors than 0.01 %", "errors < 0.01 %")
          // What a server answered is shown as text and never run.
          .contains("<script>alert('broken out')</script>");
      assertThat(browser.value("document.querySelectorAll('canvas').length").asInt())
          .as("two of all and two of each service, the spread twice, errors, and two figures")
          .isEqualTo(17);
      assertThat(
              Stream.of("missed", "gates", "services", "phases", "errors")
                  .map("document.querySelectorAll('#%s tbody tr').length"::formatted)
                  .map(rows -> browser.value(rows).asInt()))
          .as("rows of each table")
          .containsExactly(5, 35, 10, 2, 4);
      // A line as long as a log can hold is cut, and takes no room.
      assertThat(browser.value("document.documentElement.outerHTML.length").asInt())
          .isLessThan(200_000);
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests())
          .contains(url)
          .allMatch(asked -> asked.equals(url) || asked.startsWith("data:"));
    }
  }

  @Test
  void noWidthOfAScreenMakesThePageWiderAndNothingKeepsAnybodyOut() {
    String url = url();
    try (Browser browser = browser()) {
      for (int width : List.of(390, 1280, 1920)) {
        browser.size(width, 900);
        open(browser, url);
        browser.screenshot(Path.of("target", "report-" + width + ".png"));
        // Nothing but the wide tables' own boxes is wider than the screen.
        assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
            .as(width + " px")
            .isTrue();
        assertThat(browser.barriers()).as(width + " px").isEmpty();
      }
    }
  }

  @Test
  void aFindingZoomsEveryChartToItsTimeAndTheListGoesBack() {
    String url = url();
    try (Browser browser = browser()) {
      open(browser, url);
      String span = "Charts.shown().map(s => s.map(Math.round).join('-'))";
      assertThat(browser.value("new Set(%s).size".formatted(span)).asInt()).isEqualTo(1);
      assertThat(browser.value(span + "[0]").asText()).isEqualTo("0-65");
      browser.run("document.querySelector('button.look').click()");
      browser.await("new Set(%s).size === 1".formatted(span), SOON);
      assertThat(browser.value(span + "[0]").asText()).isEqualTo("25-75");
      browser.run(
          "const zoom = document.getElementById('zoom'); zoom.value = 0;"
              + " zoom.dispatchEvent(new Event('change'))");
      assertThat(browser.value(span + "[0]").asText()).isEqualTo("0-65");
    }
  }

  @Test
  void aRunWithoutASingleCallIsAPageToo() {
    RunFolder run =
        new SyntheticRun()
            .write(folder, SyntheticRun.Order.sending((service, second, planned) -> 0));
    RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
    try (Browser browser = browser()) {
      browser.open(run.file("report.html").toUri().toString());
      assertThat(text(browser, "status")).isEqualTo("INVALID");
      assertThat(text(browser, "meaning")).startsWith("Nothing was proved");
      assertThat(browser.value("document.body.innerText").asText())
          .contains("NOT JUDGED: too little was measured");
      assertThat(text(browser, "worst")).isEqualTo("the generator, not the system under test");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aServiceCanBeMadeLargeAndTheSpreadIsThatOfTheOneChosen() {
    String url = url();
    try (Browser browser = browser()) {
      open(browser, url);
      String card = "document.querySelector('#multiples article')";
      double small = browser.value(card + ".clientWidth").asDouble();
      browser.run(card + ".querySelector('button').click()");
      assertThat(browser.value(card + ".clientWidth").asDouble()).isGreaterThan(small * 1.5);
      browser.await(
          card + ".querySelector('canvas').getBoundingClientRect().width > " + small, SOON);
      String pixels = "document.querySelector('#heat canvas').toDataURL()";
      String before = browser.value(pixels).asText();
      browser.run(
          "const one = document.getElementById('subject');"
              + " one.value = [...one.options].findIndex(o => o.text === 'support');"
              + " one.dispatchEvent(new Event('change'))");
      browser.await(pixels + " !== '" + before + "'", SOON);
    }
  }

  @Test
  void tablesSortAndTheirCsvHoldsTextAlone() {
    String url = url();
    try (Browser browser = browser()) {
      open(browser, url);
      String column =
          "[...document.querySelectorAll('#services tbody tr')].map(row =>"
              + " row.cells[1].textContent).join(' ')";
      String head = "document.querySelectorAll('#services th')[1]";
      browser.run(head + ".querySelector('button').click()");
      assertThat(browser.value(column).asText())
          .isEqualTo("300 300 600 600 900 900 1,200 1,200 3,000 3,000");
      assertThat(browser.value(head + ".getAttribute('aria-sort')").asText())
          .isEqualTo("ascending");
      browser.run(head + ".querySelector('button').click()");
      assertThat(browser.value(column).asText()).startsWith("3,000 3,000 1,200");

      String csv =
          browser.value("Tables.csv(Tables.rows(document.getElementById('errors')))").asText();
      assertThat(csv)
          .startsWith("\"message\",\"count\"")
          // A spreadsheet must not take it for a formula.
          .contains("\"'=HYPERLINK(\"\"http://evil.example\"\")");
    }
  }
}
