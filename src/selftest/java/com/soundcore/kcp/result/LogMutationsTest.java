package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that something happened to after its run. -Dmutations=100000 tries more of them. */
class LogMutationsTest {
  private static final int CUTS = 20;

  @TempDir private Path folder;
  private RunFolder run;
  private byte[] whole;

  /** How many logs each test changes; the full lane changes more. */
  int mutations() {
    return 30;
  }

  private void runOf(int seconds) throws IOException {
    run = new SyntheticRun().holding(seconds).write(folder, new SyntheticRun.Order() {});
    whole = Files.readAllBytes(run.log());
  }

  private Status judged() {
    return RunJudge.judge(run, SyntheticRun.CONFIG).verdict().status();
  }

  private void unseal() throws IOException {
    Files.delete(run.file("simulation.log.crc32c"));
  }

  private byte[] flipped(Random random) {
    byte[] flipped = whole.clone();
    flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  @Test
  void aSealedLogIsThatOfItsRunOrNone() throws IOException {
    runOf(60);
    assertThat(judged()).isEqualTo(Status.PASS);
    for (int cut = 0; cut < CUTS; cut++) {
      mustBeRefused(Arrays.copyOf(whole, (int) ((long) whole.length * cut / CUTS)));
    }
    mustBeRefused(Arrays.copyOf(whole, whole.length + 1));
    Random random = new Random(1);
    for (int i = 0; i < mutations(); i++) {
      mustBeRefused(flipped(random));
    }
    Files.write(run.log(), whole);
    assertThat(judged()).isEqualTo(Status.PASS);
  }

  private void mustBeRefused(byte[] changed) throws IOException {
    Files.write(run.log(), changed);
    assertThatThrownBy(this::judged)
        .isInstanceOf(LogException.class)
        .hasMessageMatching(
            "(?s).*(is not what it was when its run ended|The log is corrupt near byte|ends within"
                + " its first record|The log was written by Gatling).*");
  }

  @Test
  void aWholeLogWithoutItsSealPassesNothingAndSaysWhy() throws IOException {
    runOf(60);
    unseal();
    Verdict verdict = RunJudge.judge(run, SyntheticRun.CONFIG).verdict();
    assertThat(verdict.status()).isEqualTo(Status.INVALID);
    assertThat(verdict.reasons().get(0)).startsWith("the checksum of the log is missing");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void aMutatedLogWithoutItsSealPassesNothing() throws IOException {
    runOf(60);
    unseal();
    Random random = new Random(2);
    for (int i = 0; i < mutations(); i++) {
      mustNotPass(flipped(random), "mutation " + i);
    }
    for (int cut = 0; cut < CUTS; cut++) {
      mustNotPass(Arrays.copyOf(whole, (int) ((long) whole.length * cut / CUTS)), "cut " + cut);
    }
  }

  private void mustNotPass(byte[] changed, String what) throws IOException {
    Files.write(run.log(), changed);
    try {
      assertThat(judged()).as(what).isEqualTo(Status.INVALID);
    } catch (LogException refused) {
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1000);
    }
  }
}
