package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.InjectorShares;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunModelFileTest {
  private static final String FACTS = "run.json";
  private static final SyntheticRun.Order FAULTY =
      new SyntheticRun.Order() {
        @Override
        public String error(String service, int second, int number) {
          return number % 7 == 3 ? "status, 50" + number % 3 + " in place of 200" : "";
        }

        @Override
        public int millis(String service, int second, int number) {
          // Some take longer than a call is counted back.
          return number == 4 && second % 9 == 0 ? 70_000 + number : 5 + number;
        }
      };

  @TempDir private Path folder;

  private RunFolder run() {
    return new SyntheticRun().write(folder.resolve("run"), FAULTY);
  }

  private Path model(RunFolder run) {
    RunModelFile.write(
        run, RunModelFile.startOf(List.of(run.log())), 0, List.of(FACTS), run.model());
    return run.model();
  }

  private static RunModel read(RunFolder run) {
    return RunModelBuilder.read(run, run.facts(), 2, LatencyLimits.NONE);
  }

  /** All that a model says, in words. */
  private static List<String> words(RunModel model) {
    List<String> words = new ArrayList<>();
    model.requests().forEach((name, stats) -> words.add(name + of(stats)));
    model.holds().forEach(hold -> hold.forEach((name, stats) -> words.add(name + of(stats))));
    model.timelines().forEach((name, line) -> words.add(name + line.seconds()));
    words.add(model.timeline().seconds().toString());
    words.add(model.errors() + " " + model.errorsByService() + " " + model.errorHistories());
    words.add(model.simulation() + model.startedAtMs() + model.sealed() + model.cut());
    return words;
  }

  private static String of(Stats stats) {
    return " %d %d %s %d"
        .formatted(stats.requests(), stats.failed(), stats.percentile(Percentile.P99), stats.max());
  }

  @Test
  void whatIsReadOfAModelIsWhatIsReadOfItsLog() throws IOException {
    RunFolder run = run();
    List<String> ofLog = words(read(run));
    Path model = model(run);
    long bytes = Files.size(run.log());
    Files.delete(run.log());
    assertThat(words(read(run))).isEqualTo(ofLog).hasSizeGreaterThan(10);
    assertThat(Files.size(model)).isLessThan(bytes / 5);
    assertThat(RunModelFile.files(model).get(FACTS)).isEqualTo(Files.readAllBytes(run.file(FACTS)));
  }

  @Test
  void modelsOfSharesAddUpToTheModelOfTheWhole() {
    RunFolder run = run();
    List<RunFolder> parts =
        InjectorShares.cut(run, 3, 1, folder).stream().map(RunFolder::new).toList();
    long start = RunModelFile.startOf(parts.stream().map(RunFolder::log).toList());
    parts.forEach(part -> RunModelFile.write(part, start, 0, List.of(), part.model()));
    RunFolder sum = new RunFolder(folder.resolve("sum"));
    sum.write(run.facts());
    RunModelFile.merge(parts.stream().map(RunFolder::model).toList(), sum.model());
    assertThat(words(read(sum))).isEqualTo(words(read(run)));
  }

  @Test
  void whateverIsNotWholeIsRefused() throws IOException {
    Path model = model(run());
    byte[] whole = Files.readAllBytes(model);
    for (int length : new int[] {0, 3, 40, whole.length / 2, whole.length - 1}) {
      Files.write(model, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> RunModelFile.files(model))
          .isInstanceOf(LogException.class)
          .hasMessageContaining("is not what its injector wrote")
          .hasMessageContaining("Copy it again, whole");
    }
    for (int at = 0; at < whole.length; at += 97) {
      byte[] other = whole.clone();
      other[at] ^= 0x10;
      Files.write(model, other);
      // Bytes 6 to 14 are gzip's own header, of which some mean nothing.
      if (at < 6 || at > 14) {
        assertThatThrownBy(() -> RunModelFile.files(model)).isInstanceOf(LogException.class);
      }
    }
  }

  @Test
  void aModelOfAnotherVersionIsRefusedAndTheRemedyNamed() throws IOException {
    Path model = model(run());
    byte[] bytes = Files.readAllBytes(model);
    bytes[4]++;
    Files.write(model, bytes);
    assertThatThrownBy(() -> RunModelFile.files(model))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("has version 2; this suite reads models of version 1.")
        .hasMessageContaining("same version of the suite on every injector");
  }

  @Test
  void modelsOfAnotherStartDoNotAddUp() {
    RunFolder one = new SyntheticRun().write(folder.resolve("1"), FAULTY);
    RunFolder two = new SyntheticRun().startedAt(42).write(folder.resolve("2"), FAULTY);
    List<Path> models = List.of(model(one), model(two));
    assertThatThrownBy(() -> RunModelFile.merge(models, folder.resolve("sum")))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("only models of one run add up");
  }
}
