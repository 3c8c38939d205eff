package com.soundcore.kcp.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every format against its golden file, under several locales. When a format changes on purpose,
 * the new files are in {@code target/goldens}.
 */
class GoldenReportsTest {
  private static final List<String> FORMATS =
      ReportFormat.ALL.stream().map(ReportFormat::file).toList();
  private static final Locale BEFORE = Locale.getDefault();
  private static final TimeZone ZONE_BEFORE = TimeZone.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(BEFORE);
    TimeZone.setDefault(ZONE_BEFORE);
  }

  private RunFolder failedRun() {
    return new SyntheticRun()
        .write(
            folder,
            new SyntheticRun.Order() {
              @Override
              public int millis(String service, int second, int number) {
                return service.equals("knowledge") ? 734 : 5 + number % 5;
              }

              @Override
              public String error(String service, int second, int number) {
                boolean failed = service.equals("auth") && number == 0 && second == 10;
                return failed ? "status, but <found> \"503\" & more" : "";
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"und", "en-US", "de-DE", "ar-EG", "tr-TR"})
  void everyFormatIsTheSameEverywhere(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    RunFolder run = failedRun();
    assertThat(RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG).verdict().status())
        .isEqualTo(Status.FAIL);
    FORMATS.forEach(name -> keep(name, run));
    for (String name : FORMATS) {
      assertThat(withoutStyle(read(run.file(name))))
          .as(name)
          .isEqualTo(resource("goldens/" + name));
    }
  }

  /** The libraries and colours of a page change without a change of what it says. */
  private static String withoutStyle(String page) {
    return page.replaceAll("(?s)<(style|script)([^>]*)>.*?</\\1>", "<$1$2></$1>");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(String name, RunFolder run) {
    try {
      Path kept = Files.createDirectories(Path.of("target", "goldens")).resolve(name);
      Files.writeString(kept, withoutStyle(read(run.file(name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ofALogAloneTheFiguresAreReportedAndNothingIsJudged() throws IOException {
    RunFolder run = failedRun();
    Files.delete(run.file("run.json"));
    Verdict verdict = RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG).verdict();
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0)).contains("the plan of the run (kcp/run.json) is missing");
    assertThat(verdict.gates()).isEmpty();
    assertThat(Files.readString(run.file("report.html"))).contains(">INVALID</p>", ">3,000<");
  }

  @Test
  void theHistogramsAreReadByTheirOwnTools() throws IOException {
    RunFolder run = failedRun();
    RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
    Map<String, Long> counts = new HashMap<>();
    try (HistogramLogReader reader = new HistogramLogReader(run.file("histograms.hlog").toFile())) {
      while (reader.hasNext()) {
        Histogram histogram = (Histogram) reader.nextIntervalHistogram();
        counts.put(histogram.getTag(), histogram.getTotalCount());
        if (histogram.getTag().equals("knowledge")) {
          assertThat(histogram.getValueAtPercentile(95)).isEqualTo(734);
        }
      }
    }
    assertThat(counts)
        .containsEntry("all", 6000L)
        .containsEntry("auth", 300L)
        .containsEntry("auth/call", 300L);
  }

  @Test
  void theSummaryFollowsItsSchema() throws IOException {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    Schema schema = registry.getSchema(resource("schema/summary.schema.json"), InputFormat.JSON);
    RunFolder failed = failedRun();
    RunJudge.judgeAndWrite(failed, SyntheticRun.CONFIG);
    String summary = Files.readString(failed.file("summary.json"));
    assertThat(schema.validate(summary, InputFormat.JSON)).isEmpty();

    // The same beside an earlier run.
    Properties compared = new Properties();
    compared.setProperty("kcp.baseline", failed.path().toString());
    RunJudge.judgeAndWrite(failed, ConfigLoader.load(compared));
    String beside = Files.readString(failed.file("summary.json"));
    assertThat(beside).contains("\"outcome\" : \"SAME\"", "\"outcome\" : \"TOO_FEW\"");
    assertThat(schema.validate(beside, InputFormat.JSON)).isEmpty();
    assertThat(Files.readString(failed.file("report.html")))
        .contains("compared with kcp-qps10k-test: 0 of ");
    assertThat(Files.readString(failed.file("summary.md"))).contains("### Baseline\n\n- compared");

    // An empty run has no percentiles, and must not claim any.
    RunFolder empty =
        new SyntheticRun()
            .write(folder, SyntheticRun.Order.sending((service, second, planned) -> 0));
    RunJudge.judgeAndWrite(empty, SyntheticRun.CONFIG);
    String nothing = Files.readString(empty.file("summary.json"));
    assertThat(schema.validate(nothing, InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(summary.replace("\"FAIL\"", "\"GREEN\""), InputFormat.JSON))
        .isNotEmpty();
  }

  private static String resource(String name) {
    ClassLoader loader = GoldenReportsTest.class.getClassLoader();
    try (InputStream stream = loader.getResourceAsStream(name)) {
      return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
