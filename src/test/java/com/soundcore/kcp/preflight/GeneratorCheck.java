package com.soundcore.kcp.preflight;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.RunSetup;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Whether this machine can send what is planned; asked before it is tried. */
public final class GeneratorCheck {
  private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final String SUBJECT = "this machine";
  private static final double MEGA = 1e6;

  private GeneratorCheck() {}

  /**
   * The processors of this machine.
   *
   * @param cores that this process may use
   * @param eventLoops threads that virtual users live on
   * @param workPerAnswer pieces of work that an answer costs an embedded backend on the same cores;
   *     0 without one
   */
  public record Processors(double cores, int eventLoops, double workPerAnswer) {}

  /**
   * What this machine has to send.
   *
   * @param requests in all
   * @param peakRate the highest rate, in requests per second
   * @param maxInFlight requests at once
   */
  public record Planned(double requests, double peakRate, int maxInFlight) {}

  /**
   * Checks processor, files, ports and disk against the plan.
   *
   * @param setup of the run, for the command that repeats it
   * @return what was found, all of it right
   * @throws Refusal with a table of what is too little, and what to do
   */
  public static List<CheckResult> check(
      KcpConfig config, RunSetup setup, Planned planned, Processors processors) {
    KcpConfig.Generator generator = config.generator();
    OptionalDouble work = RequestCost.workMicros();
    CheckResult processor = processor(generator, planned.peakRate(), processors, work);
    List<CheckResult> findings = new ArrayList<>(List.of(processor));
    files(generator, planned.maxInFlight(), findings);
    ports(planned.maxInFlight(), findings);
    disk(config, planned.requests(), findings);
    List<CheckResult> wrong = findings.stream().filter(finding -> !finding.passed()).toList();
    if (wrong.isEmpty()) {
      return findings;
    }
    Cost cost = Cost.of(generator, processors, work);
    double sure = generator.sureRate(cost.cores(), cost.seconds());
    throw new Refusal(
        """
        This machine cannot generate the planned load. No load was sent.

        %s

        %s use a larger machine, or share the load between several (kcp.injector).
        If it is the disk, free some space or write elsewhere (kcp.results-folder).\
        """
            .formatted(
                CheckTable.of(wrong),
                processor.passed()
                    ? "Lower the load (kcp.load-scale),"
                    : "Type: " + setup.repeatAtLoad(sure / planned.peakRate()) + "\nOr"));
  }

  /**
   * Refuses only what needs more than all the processors: the cost of a request is an estimate.
   *
   * @param workMicros what a piece of work was measured to cost here; empty if it is not known
   */
  static CheckResult processor(
      KcpConfig.Generator generator,
      double peak,
      Processors processors,
      OptionalDouble workMicros) {
    Cost cost = Cost.of(generator, processors, workMicros);
    boolean embedded = processors.workPerAnswer() > 0;
    double pieces = generator.workPerRequest() + processors.workPerAnswer();
    return new CheckResult(
        SUBJECT,
        "processor",
        text("%,.0f req/s at the peak", peak),
        text("about %,.0f req/s (kcp.generator)", generator.heldRate(cost.cores(), cost.seconds())),
        text("%.3g cores, %d event loops", processors.cores(), processors.eventLoops())
            + (workMicros.isEmpty()
                ? ""
                : text("; a request costs %.0f µs here", pieces * workMicros.getAsDouble()))
            + (embedded && workMicros.isPresent() ? ", embedded backend included" : ""),
        peak <= Math.min(cost.cores() / cost.seconds(), generator.maxRate()));
  }

  /**
   * What a request costs, and the cores that are there for it. An event loop works on one core at a
   * time; more loops than cores share them, and so does the embedded backend.
   *
   * @param cores of the scarcer kind: those of the event loops, or all
   * @param seconds of processor time on them; 0 if it is not known
   */
  private record Cost(double cores, double seconds) {
    static Cost of(KcpConfig.Generator generator, Processors processors, OptionalDouble micros) {
      double work = micros.orElse(0) / MEGA;
      double suite = generator.workPerRequest() * work;
      double all = suite + processors.workPerAnswer() * work;
      boolean byLoops = processors.eventLoops() * all < processors.cores() * suite;
      return byLoops ? new Cost(processors.eventLoops(), suite) : new Cost(processors.cores(), all);
    }
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
