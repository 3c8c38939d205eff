package com.soundcore.kcp.monitoring;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorsTest {
  private static final Path FILES = Path.of("src/selftest/resources/recorded");

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void copy(String file, String as) throws IOException {
    Files.createDirectories(root.resolve(as).getParent());
    Files.copy(FILES.resolve(file), root.resolve(as), REPLACE_EXISTING);
  }

  /** A quota of 1.5 processors in a group of either version. */
  private String quota(String version) throws IOException {
    if (version.equals("v2")) {
      write("proc/self/cgroup", "0::/run\n");
      write("sys/fs/cgroup/run/cpu.max", "150000 100000\n");
      return "sys/fs/cgroup/run/cpu.stat";
    }
    write("proc/self/cgroup", "9:name=systemd:/\n3:cpu,cpuacct:/run\n0::/\n");
    write("sys/fs/cgroup/cpu/run/cpu.cfs_quota_us", "150000\n");
    write("sys/fs/cgroup/cpu/run/cpu.cfs_period_us", "100000\n");
    return "sys/fs/cgroup/cpu/run/cpu.stat";
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void aQuotaLimitsTheCoresAndStopsTheProcessInEitherVersion(String version) throws IOException {
    write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-3\n");
    String stat = quota(version);
    copy("cgroup/" + version + "-before", stat);
    Processors processors = new Processors(root);
    assertThat(processors.cores()).isEqualTo(1.5);
    copy("cgroup/" + version + "-after", stat);
    assertThat(processors.use().throttledMs()).isEqualTo(181.5);
    assertThat(processors.use().throttledMs()).isZero();
  }

  @Test
  void aQuotaThatRanOutInEveryPeriodIsAMachineUsedUpHoweverIdleItsCoresAre() throws IOException {
    copy("proc-before/stat", "proc/stat");
    String stat = quota("v2");
    write(stat, "nr_periods 100\nnr_throttled 7\nthrottled_usec 5\n");
    Processors processors = new Processors(root);
    write(stat, "nr_periods 110\nnr_throttled 16\nthrottled_usec 5\n");
    assertThat(processors.use().busy()).isEqualTo(0.9, within(1e-9));
  }

  @Test
  void theQuotaOfAGroupAboveCountsAndThatOfNoGroupDoesNot() throws IOException {
    write("proc/self/status", "Cpus_allowed_list:\t0,2-3\n");
    write("proc/self/cgroup", "0::/outer/inner\n");
    write("sys/fs/cgroup/outer/inner/cpu.max", "max 100000\n");
    assertThat(new Processors(root).cores()).isEqualTo(3);
    write("sys/fs/cgroup/outer/cpu.max", "60000 100000\n");
    assertThat(new Processors(root).cores()).isEqualTo(0.6);
  }

  @Test
  void insideAContainerTheQuotaStandsAtTheTop() throws IOException {
    write("proc/self/status", "Cpus_allowed_list:\t0-7\n");
    write("proc/self/cgroup", "0::/system.slice/docker-1234.scope\n");
    write("sys/fs/cgroup/cpu.max", "250000 100000\n");
    assertThat(new Processors(root).cores()).isEqualTo(2.5);
  }

  @ParameterizedTest
  @CsvSource({"0-1, 0.5", "0, 0.9", "1, 0.1"})
  void onlyCoresThatThisProcessMayUseCount(String allowed, double busy) throws IOException {
    write("proc/self/status", "Cpus_allowed_list:\t" + allowed + "\n");
    write("proc/stat", "cpu  0 0 0 0\ncpu0 0 0 0 0 0 0 0 0\ncpu1 0 0 0 0 0 0 0 0\n");
    Processors processors = new Processors(root);
    // user, nice, system, idle, iowait: waiting for a disk is idle
    write("proc/stat", "cpu  0 0 0 0\ncpu0 50 0 40 5 5 0 0 0\ncpu1 10 0 0 90 0 0 0 0\n");
    assertThat(processors.use().busy()).isEqualTo(busy, within(1e-9));
  }

  @Test
  void stolenTimeIsAShareOfAllTimeWithoutThatOfGuests() throws IOException {
    copy("proc-before/stat", "proc/stat");
    Processors processors = new Processors(root);
    copy("proc-after/stat", "proc/stat");
    // 60 of the 1000 ticks that all processors had meanwhile
    assertThat(processors.use().stealShare()).isEqualTo(0.06, within(1e-9));
    assertThat(processors.use().stealShare()).isZero();
  }

  @Test
  void aCounterThatBeginsAgainIsNoContention() throws IOException {
    String stat = quota("v2");
    copy("cgroup/v2-after", stat);
    copy("proc-after/stat", "proc/stat");
    Processors processors = new Processors(root);
    copy("cgroup/v2-before", stat);
    copy("proc-before/stat", "proc/stat");
    assertThat(processors.use()).isEqualTo(new Processors.Use(0, 0, 0));
  }

  @Test
  void withoutLinuxsFilesTheirNumberIsKnownAndNothingElse() {
    Processors processors = new Processors(root);
    assertThat(processors.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(processors.use()).isEqualTo(new Processors.Use(0, 0, 0));
  }
}
