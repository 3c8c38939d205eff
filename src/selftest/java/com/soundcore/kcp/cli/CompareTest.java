package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.Browser;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run beside several earlier ones: on a console, and on its page. */
@Tag("full")
class CompareTest {
  @TempDir private Path folder;
  private RunFolder now;
  private final List<String> earlier = new ArrayList<>();

  /**
   * Auth takes 36 ms now; it took 20 ms in three nights, and 40 ms in the fourth, which must not
   * pass for noise.
   */
  @BeforeEach
  void runs() throws Exception {
    now = run("now", 36);
    for (String night : List.of("monday", "tuesday", "wednesday")) {
      earlier.add(run(night, 20).path().toString());
    }
    earlier.add(run("thursday", 40).path().toString());
    RunFolder otherwise =
        new SyntheticRun()
            .id("kcp-friday")
            .withWorkload("read-heavy")
            .write(folder.resolve("friday"), new SyntheticRun.Order() {});
    earlier.add(otherwise.path().toString());
    Path broken = Files.createDirectories(folder.resolve("saturday"));
    Files.writeString(broken.resolve("simulation.log"), "no log");
    earlier.add(broken.toString());
  }

  private RunFolder run(String name, int authMs) {
    Random noise = new Random(name.hashCode());
    RunFolder run =
        new SyntheticRun()
            .id("kcp-" + name)
            .holding(400)
            .write(
                folder.resolve(name),
                SyntheticRun.Order.taking(
                    (service, second, number) -> {
                      int own = service.equals("auth") ? authMs : 30;
                      return (int) Math.round(own * Math.exp(0.3 * noise.nextGaussian()));
                    }));
    RunJudge.judgeAndWrite(run, SyntheticRun.CONFIG);
    return run;
  }

  private int compare(List<String> others, List<String> lines) {
    List<String> command = new ArrayList<>(List.of("compare", now.path().toString()));
    command.addAll(others);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return Kcp.commandLine().execute(command.toArray(String[]::new));
    } finally {
      System.setOut(console);
      lines.addAll(out.toString(StandardCharsets.UTF_8).lines().toList());
    }
  }

  @Test
  void eachRunHasAColumnAndWhatCannotBeComparedSaysWhy() {
    List<String> lines = new ArrayList<>();
    assertThat(compare(earlier, lines)).isEqualTo(2);
    assertThat(lines.get(0))
        .containsSubsequence("this run", "kcp-monday", "kcp-tuesday", "kcp-thursday")
        .doesNotContain("friday", "saturday");
    assertThat(lines)
        .anyMatch(line -> line.matches("auth +p50 ms +3\\d \\(.*worse +.*worse +.*worse +[^w]*"))
        .noneMatch(line -> line.matches("(content|knowledge|support|analytics) .*worse.*"))
        .anyMatch(line -> line.startsWith("worse: auth p50 is 3"))
        .anyMatch(line -> line.startsWith("not compared with kcp-friday: another workload"))
        .anyMatch(line -> line.contains("not compared with") && line.contains("saturday"));
    assertThat(lines.get(lines.size() - 1)).startsWith("as a page: ./kcp report ");

    // The baseline alone decides how the command ends.
    assertThat(compare(List.of(earlier.get(3), earlier.get(0)), lines)).isZero();
    assertThat(compare(List.of(earlier.get(4), earlier.get(0)), lines)).isEqualTo(3);
  }

  @Test
  void thePageHasTheTableAndACurveOfEach() {
    Properties properties = new Properties();
    properties.setProperty("kcp.baseline", String.join(",", earlier));
    RunJudge.judgeAndWrite(now, ConfigLoader.load(properties));
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      browser.size(1280, 900);
      browser.open(now.file("report.html").toUri().toString());
      String cells = "[...document.querySelectorAll('#several tbody tr')].map(r => r.innerText)";
      assertThat(browser.value(cells + ".find(r => r.startsWith('auth\\tp50'))").asText())
          .matches("auth\tp50 ms\t3\\d .*worse\t.*worse\t.*worse\t[^w]*");
      assertThat(browser.value("document.getElementById('curve').innerText").asText())
          .contains("this run", "kcp-monday", "kcp-thursday")
          .doesNotContain("kcp-friday");
      assertThat(browser.barriers()).isEmpty();
      assertThat(browser.complaints()).isEmpty();
      browser.run("document.getElementById('several').scrollIntoView()");
      browser.screenshot(Path.of("target", "report-several.png"));
    }
  }
}
