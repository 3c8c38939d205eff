package com.soundcore.kcp.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.lifecycle.RunJudge;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that something happened to after its run. -Dmutations=100000 tries more of them. */
@Tag("full")
class LogMutationsTest {
  private static final int MUTATIONS = Integer.getInteger("mutations", 600);
  private static final int EVERY = 1000;

  @TempDir private Path folder;
  private RunFolder run;
  private byte[] whole;

  private void runOf(int seconds) throws IOException {
    run = new SyntheticRun().holding(seconds).write(folder, new SyntheticRun.Order() {});
    whole = Files.readAllBytes(run.log());
  }

  private Status judged() {
    return RunJudge.judge(run, SyntheticRun.CONFIG).verdict().status();
  }

  @Test
  void aSealedLogIsThatOfItsRunOrNone() throws IOException {
    runOf(60);
    LogSeal.write(run);
    Status untouched = judged();
    assertThat(untouched).isEqualTo(Status.PASS);
    Random random = new Random(1);
    for (int length = 0; length < whole.length; length += EVERY) {
      mustBeRefused(Arrays.copyOf(whole, length));
    }
    mustBeRefused(Arrays.copyOf(whole, whole.length + 1));
    for (int i = 0; i < MUTATIONS / 10; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      mustBeRefused(flipped);
    }
    Files.write(run.log(), whole);
    assertThat(judged()).isEqualTo(untouched);
  }

  private void mustBeRefused(byte[] changed) throws IOException {
    Files.write(run.log(), changed);
    assertThatThrownBy(this::judged)
        .isInstanceOf(LogException.class)
        .hasMessageMatching(
            "(?s).*(is not what it was when its run ended|The log is corrupt near byte|ends within its first record|The log was written by Gatling).*");
  }

  /** A run that was killed has no seal: what can be read of its log is judged, and no more. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void anUnsealedLogThatIsCorruptEndsInAVerdictOrASentence() throws IOException {
    runOf(20);
    Random random = new Random(2);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] flipped = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(run.log(), flipped);
      try {
        judged();
      } catch (LogException refused) {
        assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(1000);
      }
    }
  }

  @Test
  void anUnsealedLogThatWasCutPassesNothing() throws IOException {
    runOf(60);
    for (int length = 0; length < whole.length * 9 / 10; length += EVERY) {
      Files.write(run.log(), Arrays.copyOf(whole, length));
      try {
        assertThat(judged()).as("cut at byte " + length).isNotEqualTo(Status.PASS);
      } catch (LogException refused) {
        assertThat(refused).hasMessageContaining("ends within its first record");
      }
    }
  }
}
