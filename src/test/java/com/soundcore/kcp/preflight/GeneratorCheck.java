package com.soundcore.kcp.preflight;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Units;
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

/** A check, before the load, that this machine can generate it. */
public final class GeneratorCheck {
  private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final String SUBJECT = "this machine";
  private static final double MEGA = 1e6;

  private GeneratorCheck() {}

  /**
   * The processors of this machine and what shares them.
   *
   * @param cores the cores that this process may use
   * @param eventLoops the threads that run virtual users
   * @param workPerAnswer the work units that one response costs an embedded backend on the same
   *     cores; 0 without one
   */
  public record Processors(double cores, int eventLoops, double workPerAnswer) {}

  /**
   * The load that this machine must send.
   *
   * @param requests the total number of requests
   * @param peakRate the highest rate, in requests per second
   * @param maxInFlight the highest number of requests in flight
   */
  public record Planned(double requests, double peakRate, int maxInFlight) {}

  /**
   * Checks processor, open files, ports and disk against the plan.
   *
   * @param setup the run's setup, from which the advice builds a command with a lower load
   * @return the results, all passed
   * @throws Refusal if a check fails, with a table of the failed checks and advice
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
   * Fails only if the plan needs more than all cores, or exceeds the generator's maximum rate. The
   * cost of a request is an estimate.
   *
   * @param workMicros the measured cost of a work unit on this machine, in microseconds; empty if
   *     unknown
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
        text(
                "%s cores, %d event loops",
                Units.digits(processors.cores(), 3), processors.eventLoops())
            + (workMicros.isEmpty()
                ? ""
                : text("; a request costs %.0f µs here", pieces * workMicros.getAsDouble()))
            + (embedded && workMicros.isPresent() ? ", embedded backend included" : ""),
        peak <= Math.min(cost.cores() / cost.seconds(), generator.maxRate()));
  }

  /**
   * The cost of a request and the cores that share it. An event loop uses one core at a time. Event
   * loops share the cores with the embedded backend, and with each other if they outnumber the
   * cores.
   *
   * @param cores the scarcer resource: one core for each event loop, or all cores
   * @param seconds the CPU time of a request on these cores; 0 if unknown
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
      // Read at once, because the kernel serves such a file only from its start.
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

  /** A disk that fills up during the run truncates the log, and then there is no verdict. */
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
