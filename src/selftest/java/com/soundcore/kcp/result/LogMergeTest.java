package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.LatencyLimits;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.testkit.SyntheticVerdict;
import com.soundcore.kcp.verdict.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogMergeTest {
  private static final long START = 1_700_000_000_000L;
  private static final int PARTS = 3;

  @TempDir private Path folder;

  /** A share that is slower the higher its number. */
  private record Slower(int injector) implements SyntheticRun.Order {
    @Override
    public int millis(String service, int second, int number) {
      return 10 + injector * 50;
    }
  }

  private RunFolder part(int injector, long startMs) {
    return new SyntheticRun()
        .startedAt(startMs)
        .injector(injector, PARTS)
        .write(folder.resolve("injector-" + injector), new Slower(injector));
  }

  private RunFolder merged(List<RunFolder> parts, int mayMiss) {
    RunFolder whole = new RunFolder(folder.resolve("merged"));
    whole.write(MetadataMerge.merge(parts.stream().map(RunFolder::facts).toList(), mayMiss));
    LogMerge.merge(parts.stream().map(RunFolder::log).toList(), whole.log());
    LogSeal.write(whole);
    return whole;
  }

  private List<RunFolder> parts(long... startsMs) {
    List<RunFolder> parts = new ArrayList<>();
    for (int i = 0; i < startsMs.length; i++) {
      parts.add(part(i, startsMs[i]));
    }
    return parts;
  }

  @Test
  void nothingIsLostAndPercentilesAreOfAllRequests() {
    RunFolder whole = merged(parts(START, START + 400, START + 900), 0);
    RunModel model = RunModelBuilder.read(whole, whole.facts(), 2, LatencyLimits.NONE);
    assertThat(model.whole().requests()).isEqualTo(PARTS * 6000L);
    assertThat(model.startedAtMs()).isEqualTo(START);
    // A third each took 10, 60 and 110 ms: no mean of percentiles would say so.
    assertThat(model.whole().percentile(new Percentile(33))).isEqualTo(10);
    assertThat(model.whole().percentile(Percentile.P50)).isEqualTo(60);
    assertThat(model.whole().percentile(Percentile.P95)).isEqualTo(110);
    assertThat(whole.facts().load().rps(30)).isEqualTo(300);
    assertThat(SyntheticVerdict.of(whole).status()).isEqualTo(Status.PASS);
  }

  @Test
  void theRecordsAreInOrderOfTime() {
    RunFolder whole = merged(parts(START, START + 400, START + 900), 0);
    List<Integer> ends = new ArrayList<>();
    LogReader.read(
        whole.log(),
        log ->
            new LogVisitor() {
              @Override
              public void request(int group, int name, int start, int end, boolean ok, int text) {
                ends.add(end);
              }
            });
    int disorder = 0;
    for (int i = 1; i < ends.size(); i++) {
      disorder = Math.max(disorder, ends.get(i - 1) - ends.get(i));
    }
    // Within one injector requests are written as the order has them, a second at a time.
    assertThat(disorder).isLessThan(1200);
  }

  @Test
  void aMissingInjectorProvesNothingUnlessItMayBeMissing() {
    Verdict missing = SyntheticVerdict.of(merged(parts(START, START), 0));
    assertThat(missing.status()).isEqualTo(Status.INVALID);
    assertThat(missing.reasons().get(0)).startsWith("1 of 3 injectors are missing (2)");
  }

  @Test
  void aMissingInjectorThatMayBeMissingIsForgiven() {
    RunFolder merged = merged(parts(START, START), 1);
    assertThat(SyntheticVerdict.of(merged).status()).isEqualTo(Status.PASS);
    assertThat(merged.facts().setup().caveats())
        .contains("PARTIAL: 2 of 3 injectors, judged on their part of the load");
  }

  @Test
  void aLateInjectorProvesNothing() {
    Verdict late = SyntheticVerdict.of(merged(parts(START, START, START + 2500), 0));
    assertThat(late.status()).isEqualTo(Status.INVALID);
    assertThat(late.reasons().get(0))
        .isEqualTo("injector 2 started 2,500 ms after the first (limit 2,000 ms)");
  }

  @Test
  void anInjectorWhoseClockIsOffIsLateByTheTargetsClock() {
    List<RunFolder> parts = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      // Each began at the same time of its own clock; one of these is a minute slow.
      parts.add(
          new SyntheticRun()
              .startedAt(START)
              .injector(i, PARTS)
              .withClockBehindBy(i == 2 ? 60_000 : 300)
              .write(folder.resolve("injector-" + i), new Slower(i)));
    }
    Verdict late = SyntheticVerdict.of(merged(parts, 0));
    assertThat(late.status()).isEqualTo(Status.INVALID);
    assertThat(late.reasons().get(0))
        .isEqualTo(
            "injector 2 started 59,700 ms after the first (limit 2,000 ms) by the target's clock:"
                + " are the injectors' clocks synchronised?");
  }

  @Test
  void anInjectorThatWasKilledIsNamed() {
    List<RunFolder> parts = parts(START, START);
    parts.add(
        new SyntheticRun()
            .startedAt(START)
            .injector(2, PARTS)
            .unfinished()
            .write(folder.resolve("injector-2"), new Slower(2)));
    Verdict verdict = SyntheticVerdict.of(merged(parts, 0));
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0)).isEqualTo("injector 2 was stopped before its end");
  }

  @Test
  void oneSaturatedInjectorAmongHealthyOnesProvesNothing() {
    List<RunFolder> parts = parts(START, START);
    parts.add(
        new SyntheticRun()
            .startedAt(START)
            .injector(2, PARTS)
            .pausedPerSecond(600)
            .write(folder.resolve("injector-2"), new Slower(2)));
    Verdict verdict = SyntheticVerdict.of(merged(parts, 0));
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0)).startsWith("injector 2: the generator paused for 600 ms");
  }

  @Test
  void logsOfDifferentTestsAndTheSameInjectorTwiceAreRefused() {
    RunFolder one = part(0, START);
    RunFolder other =
        new SyntheticRun()
            .of("soak")
            .injector(1, PARTS)
            .write(folder.resolve("other"), new Slower(1));
    List<RunMetadata> differ = List.of(one.facts(), other.facts());
    assertThatThrownBy(() -> MetadataMerge.merge(differ, 2))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("differ in their test: qps10k and soak");
    List<RunMetadata> twice = List.of(one.facts(), one.facts());
    assertThatThrownBy(() -> MetadataMerge.merge(twice, 2))
        .isInstanceOf(LogException.class)
        .hasMessageContaining("Injector 0 appears twice");
  }
}
