package com.soundcore.kcp.monitoring;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuContentionTest {
  private static final Path RECORDED = Path.of("src/selftest/resources/recorded");

  @TempDir private Path folder;

  private Path copy(String recorded, String as) throws IOException {
    return Files.copy(RECORDED.resolve(recorded), folder.resolve(as), REPLACE_EXISTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void eachVersionOfControlGroupsSaysForHowLongAQuotaStoppedIt(String version) throws IOException {
    Path none = folder.resolve("none");
    Path quota = copy("cgroup/" + version + "-before", "cpu.stat");
    CpuContention contention = new CpuContention(none, List.of(none, quota));
    assertThat(contention.throttledMs()).isZero();
    copy("cgroup/" + version + "-after", "cpu.stat");
    assertThat(contention.throttledMs()).isEqualTo(181.5);
    assertThat(contention.throttledMs()).isZero();
  }

  @Test
  void stolenTimeIsAShareOfAllTimeWithoutThatOfGuests() throws IOException {
    CpuContention contention = new CpuContention(copy("proc-before/stat", "stat"), List.of());
    assertThat(contention.stealShare()).isZero();
    copy("proc-after/stat", "stat");
    // 60 of the 1000 ticks that all processors had meanwhile
    assertThat(contention.stealShare()).isEqualTo(0.06, within(1e-9));
    assertThat(contention.stealShare()).isZero();
  }

  @Test
  void aCounterThatBeginsAgainIsNoContention() throws IOException {
    Path quota = copy("cgroup/v2-after", "cpu.stat");
    Path stat = copy("proc-after/stat", "stat");
    CpuContention contention = new CpuContention(stat, List.of(quota));
    copy("cgroup/v2-before", "cpu.stat");
    copy("proc-before/stat", "stat");
    assertThat(contention.throttledMs()).isZero();
    assertThat(contention.stealShare()).isZero();
  }

  @Test
  void withoutLinuxsFilesNothingIsTaken() {
    Path none = folder.resolve("none");
    CpuContention contention = new CpuContention(none, List.of(none));
    assertThat(contention.throttledMs()).isZero();
    assertThat(contention.stealShare()).isZero();
  }
}
