package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.report.JudgedRun;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.result.RunModelFile;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.Printed;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.Gate;
import com.soundcore.kcp.verdict.Judge;
import com.soundcore.kcp.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kcp merge} makes of the folders of several injectors. */
class MergeTest {
  @TempDir private Path folder;

  private Path part(int injector, SyntheticRun.Order order) {
    Path path = folder.resolve("injector-" + injector);
    new SyntheticRun().injector(injector, 3).write(path, order);
    return path;
  }

  @Test
  void oneLateInjectorIsNotLostInTheMeanOfTheOthers() {
    SyntheticRun.Order punctual = new SyntheticRun.Order() {};
    // Nothing for two seconds, then all of it at once.
    SyntheticRun.Order late =
        SyntheticRun.Order.sending(
            (service, second, planned) ->
                second < 30 || second > 32 ? planned : second == 32 ? planned * 3 : 0);
    List<Path> parts = List.of(part(0, punctual), part(1, punctual), part(2, late));
    RunFolder merged = Merge.merge(parts, folder.resolve("merged"), 0, false);
    RunMetadata facts = merged.facts();
    Verdict verdict =
        Judge.judge(
            SyntheticRun.CONFIG,
            facts,
            RunModelBuilder.read(merged, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts)));
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0))
        .startsWith("injector 2: arrivals were up to 1,990 ms behind their plan");
  }

  @Test
  void aMergedLogHidesNoChecksumThatWasLost() throws Exception {
    SyntheticRun.Order any = new SyntheticRun.Order() {};
    List<Path> parts = List.of(part(0, any), part(1, any), part(2, any));
    RunFolder whole = Merge.merge(parts, folder.resolve("whole"), 0, false);
    assertThat(RunJudge.judge(whole, SyntheticRun.CONFIG).verdict().status())
        .isEqualTo(Status.PASS);
    Files.delete(parts.get(1).resolve("kcp/simulation.log.crc32c"));
    RunFolder doubtful = Merge.merge(parts, folder.resolve("doubtful"), 0, false);
    Verdict verdict = RunJudge.judge(doubtful, SyntheticRun.CONFIG).verdict();
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0)).startsWith("the checksum of the log is missing");
  }

  /** Writes the part of an injector that is killed in a second of the hold. */
  private Path killed(int injector, int second) {
    SyntheticRun.Order until =
        SyntheticRun.Order.sending((service, at, planned) -> at < second ? planned : 0);
    Path path = folder.resolve("injector-" + injector);
    new SyntheticRun().injector(injector, 3).unfinished().write(path, until);
    return path;
  }

  private static Gate.Outcome rateOfKnowledge(Verdict verdict) {
    return verdict.gates().stream()
        .filter(gate -> gate.id().equals("knowledge.rate"))
        .map(Gate::status)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLoadOfAKilledInjectorStaysPlannedAndIsMissed() {
    SyntheticRun.Order any = new SyntheticRun.Order() {};
    List<Path> parts = List.of(part(0, any), part(1, any), killed(2, 20));
    RunFolder merged = Merge.merge(parts, folder.resolve("merged"), 0, false);
    RunMetadata alone = new SyntheticRun().facts();
    assertThat(merged.facts().plannedArrivals()).isEqualTo(3 * alone.plannedArrivals());
    assertThat(merged.facts().plannedSeconds()).isEqualTo(alone.plannedSeconds());
    assertThat(merged.facts().load().rps(64)).isEqualTo(300);
    JudgedRun judged = RunJudge.judge(merged, SyntheticRun.CONFIG);
    assertThat(judged.verdict().status()).isEqualTo(Status.INVALID);
    assertThat(judged.verdict().reasons().get(0))
        .isEqualTo("injector 2 was stopped before its end");
    assertThat(judged.facts().plannedSeconds()).isEqualTo(64);
    assertThat(rateOfKnowledge(judged.verdict())).isEqualTo(Gate.Outcome.FAIL);
  }

  @Test
  void whereAllInjectorsAreKilledThePlanIsCutByTheJudgementAlone() {
    List<Path> parts = List.of(killed(0, 30), killed(1, 30), killed(2, 30));
    RunFolder merged = Merge.merge(parts, folder.resolve("merged"), 0, false);
    assertThat(merged.facts().plannedSeconds()).isEqualTo(65);
    JudgedRun judged = RunJudge.judge(merged, SyntheticRun.CONFIG);
    assertThat(judged.facts().plannedSeconds()).isEqualTo(34);
    assertThat(rateOfKnowledge(judged.verdict())).isEqualTo(Gate.Outcome.PASS);
  }

  @Test
  void modelsAloneAreEnoughAsAConductorGetsThem() throws Exception {
    SyntheticRun.Order any = new SyntheticRun.Order() {};
    List<Path> parts = List.of(part(0, any), part(1, any), part(2, any));
    long start =
        RunModelFile.startOf(parts.stream().map(path -> new RunFolder(path).log()).toList());
    for (Path path : parts) {
      RunFolder run = new RunFolder(path);
      RunModelFile.write(run, start, 0, List.of(), run.model());
      Files.delete(run.log());
    }
    RunFolder whole = Merge.merge(parts, folder.resolve("of-models"), 0, false);
    assertThat(RunJudge.judge(whole, SyntheticRun.CONFIG).verdict().status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void aFolderWithoutALogIsNamed() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    String printed =
        Printed.by(
            () ->
                assertThatThrownBy(
                        () -> Merge.merge(List.of(empty), folder.resolve("merged"), 0, false))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("None of these runs has measured anything"));
    assertThat(printed).contains("left out", "simulation.log is missing");
  }

  @Test
  void partsOfOtherFilesAreNotOfOneRunAndTheFileIsNamed() {
    SyntheticRun.Order any = new SyntheticRun.Order() {};
    Map<Integer, Map<String, String>> files =
        Map.of(
            0, Map.of("gates.conf", "a", "tests.conf", "b"),
            1, Map.of("gates.conf", "c", "tests.conf", "b"),
            2, Map.of());
    files.forEach(
        (injector, digests) ->
            new SyntheticRun()
                .injector(injector, 3)
                .withFiles(digests)
                .write(folder.resolve("injector-" + injector), any));
    List<Path> first = List.of(folder.resolve("injector-0"), folder.resolve("injector-2"));
    assertThat(Merge.merge(first, folder.resolve("unknown"), 1, false).facts().parts()).hasSize(2);
    List<Path> unlike = List.of(folder.resolve("injector-0"), folder.resolve("injector-1"));
    assertThatThrownBy(() -> Merge.merge(unlike, folder.resolve("merged"), 1, false))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("different files: gates.conf;");
  }
}
