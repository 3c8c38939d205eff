package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.KcpConfig;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether this machine can send what is planned; asked before it is tried. */
public final class GeneratorCheck {
  private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final String SUBJECT = "this machine";
  private static final double MEGA = 1e6;

  private GeneratorCheck() {}

  /**
   * Checks processor, files, ports and disk against the plan.
   *
   * @param requests that this machine will send in all
   * @param peakRequestsPerSec the highest rate that this machine will send
   * @param maxInFlight requests at once
   * @param eventLoops threads that virtual users live on
   * @return what was found, all of it right
   * @throws Refusal with a table of what is too little, and what to do
   */
  public static List<CheckResult> check(
      KcpConfig config,
      double requests,
      double peakRequestsPerSec,
      int maxInFlight,
      int eventLoops) {
    List<CheckResult> findings = new ArrayList<>();
    int cores = Runtime.getRuntime().availableProcessors();
    findings.add(processor(config.generator(), peakRequestsPerSec, cores, eventLoops));
    files(config.generator(), maxInFlight, findings);
    ports(maxInFlight, findings);
    disk(config, requests, findings);
    List<CheckResult> wrong = findings.stream().filter(finding -> !finding.passed()).toList();
    if (!wrong.isEmpty()) {
      throw new Refusal(
          """
          This machine cannot generate the planned load. No load was sent.

          %s

          Lower the load (kcp.load-scale), use a larger machine, or share the load between several (kcp.injector).
          Where it is the disk: free some of it, or write elsewhere (kcp.results-folder)."""
              .formatted(CheckTable.of(wrong)));
    }
    return findings;
  }

  /** A loop works on one core at a time; more loops than cores share them. */
  static CheckResult processor(
      KcpConfig.Generator generator, double peak, int cores, int eventLoops) {
    double each = generator.maxCpu() / (generator.cpuPerRequest().toNanos() / 1e9);
    double limit = Math.min(Math.min(cores, eventLoops) * each, generator.maxRate());
    return new CheckResult(
        SUBJECT,
        "processor",
        "%,.0f req/s at the peak".formatted(peak),
        "at most %,.0f req/s (kcp.generator)".formatted(limit),
        "%d cores, %d event loops".formatted(cores, eventLoops),
        peak <= limit);
  }

  private static void files(
      KcpConfig.Generator generator, int maxInFlight, List<CheckResult> findings) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long needed = maxInFlight + generator.spareFileDescriptors();
      long limit = unix.getMaxFileDescriptorCount();
      findings.add(
          new CheckResult(
              SUBJECT,
              "open files",
              "%,d requests in flight".formatted(maxInFlight),
              "at least %,d (ulimit -n)".formatted(needed),
              "%,d".formatted(limit),
              limit >= needed));
    }
  }

  private static void ports(int maxInFlight, List<CheckResult> findings) {
    if (!Files.isReadable(PORT_RANGE)) {
      return;
    }
    try {
      // In one read: the kernel gives such a file out only from its start.
      String[] range = Files.readAllLines(PORT_RANGE).get(0).strip().split("\\s+");
      long ports = Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1;
      findings.add(
          new CheckResult(
              SUBJECT,
              "ports",
              "%,d requests in flight".formatted(maxInFlight),
              "as many in " + PORT_RANGE,
              "%,d".formatted(ports),
              ports >= maxInFlight));
    } catch (IOException | NumberFormatException unreadable) {
      findings.add(
          new CheckResult(SUBJECT, "ports", "", "", "not known: " + unreadable.getMessage(), true));
    }
  }

  /** A disk that is full midway ends the log, and with it the verdict. */
  private static void disk(KcpConfig config, double requests, List<CheckResult> findings) {
    if (!config.run().keepsLog()) {
      return;
    }
    Path folder = Path.of(config.run().resultsFolder()).toAbsolutePath();
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    KcpConfig.Generator generator = config.generator();
    double needed =
        requests * generator.logBytesPerRequest() / MEGA + generator.spareDiskMegabytes();
    String sent = "a log of about %,.0f requests".formatted(requests);
    String expected = "%,.0f MB free for %s".formatted(Math.ceil(needed), folder);
    try {
      double free = Files.getFileStore(there).getUsableSpace() / MEGA;
      boolean mayWrite = Files.isWritable(there);
      findings.add(
          new CheckResult(
              SUBJECT,
              "disk",
              sent,
              expected,
              mayWrite ? "%,.0f MB".formatted(free) : there + " cannot be written to",
              mayWrite && free >= needed));
    } catch (IOException unknown) {
      findings.add(new CheckResult(SUBJECT, "disk", sent, expected, "not known: " + unknown, true));
    }
  }
}
