package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.KcpConfig.Injector;
import com.soundcore.kcp.run.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartBarrierTest {
  private static final Map<String, String> FILES =
      Map.of("tests.conf", "1a2b", "gates.conf", "3c4d");

  @TempDir private Path folder;

  private Injector first(Duration timeout) {
    return injector(0, timeout);
  }

  private Injector injector(int index, Duration timeout) {
    return new Injector(
        index,
        2,
        Optional.empty(),
        Optional.of(folder.toString()),
        timeout,
        Optional.empty(),
        Duration.ofSeconds(5));
  }

  /** As another machine writes it, whose clock is off by so much; the folder's own is right. */
  private void otherIsReady(Instant when, Duration off) throws IOException {
    Path ready = folder.resolve("ready-1");
    Files.writeString(ready, when.plus(off).toString());
    Files.setLastModifiedTime(ready, FileTime.from(when));
  }

  private String refusal(Duration timeout) {
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> StartBarrier.await(first(timeout), FILES));
    assertThat(refusal).as("the barrier must refuse").isNotNull();
    return refusal.getMessage();
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, -4, 60, 7200})
  void anInjectorWhoseClockIsOffIsNamedAndNothingBegins(long seconds) throws IOException {
    otherIsReady(Instant.now(), Duration.ofSeconds(seconds));
    assertThat(refusal(Duration.ofSeconds(30)))
        .startsWith(
            "The clock of injector %d is about %d s behind that of injector %d"
                .formatted(seconds < 0 ? 1 : 0, Math.abs(seconds), seconds < 0 ? 0 : 1))
        .contains("NTP");
  }

  @Test
  void anInjectorWithOtherFilesIsNamedAndNothingBegins() throws IOException {
    Files.writeString(
        folder.resolve("ready-1"), Instant.now() + "\n1a2b tests.conf\nffff gates.conf\n");
    assertThat(refusal(Duration.ofSeconds(30)))
        .startsWith("Injectors 0 and 1 are configured by different files: gates.conf.")
        .contains("no load was sent");
    assertThat(Files.readAllLines(folder.resolve("ready-0")))
        .contains("1a2b tests.conf", "3c4d gates.conf");
  }

  @Test
  void aStartInTenYearsIsRefused() {
    Injector late =
        new Injector(
            0,
            1,
            Optional.of(Instant.now().plus(Duration.ofDays(3650))),
            Optional.empty(),
            Duration.ofSeconds(1),
            Optional.empty(),
            Duration.ofSeconds(5));
    assertThatThrownBy(() -> StartBarrier.await(late, FILES))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("must be within 24 hours from now");
  }

  @Test
  void aBarrierFileWithoutAnEndIsNotRead() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("ready-1").toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    assertThat(refusal(Duration.ofSeconds(30))).contains("it is larger than 16 MB");
  }

  /** A network file system may show no file at first, not even the injector's own. */
  @Test
  void anInjectorWaitsWhileItSeesNoFile() {
    Injector outside = injector(2, Duration.ofSeconds(1));
    assertThatThrownBy(() -> StartBarrier.await(outside, FILES))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("Not all of the 2 injectors were ready within 1 s");
  }

  @Test
  void aFileThatHoldsNoTimeIsNamed() throws IOException {
    Files.writeString(folder.resolve("ready-1"), "soon\n");
    assertThat(refusal(Duration.ofSeconds(30)))
        .startsWith(folder.resolve("ready-1") + " holds 'soon' in place of a time");
  }

  @Test
  void oneThatWasReadyLongBeforeHasNoWrongClock() throws IOException {
    otherIsReady(Instant.now().minusSeconds(600), Duration.ofMillis(-300));
    Instant before = Instant.now();
    StartBarrier.await(first(Duration.ofSeconds(30)), FILES);
    assertThat(Instant.now()).isAfter(before.plusSeconds(4));
  }
}
