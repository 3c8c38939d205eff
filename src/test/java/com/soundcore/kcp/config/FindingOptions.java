package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run shows beyond its gates, and when it counts; {@code conf/findings.conf} says it in
 * words.
 *
 * @param backlog the fraction of a level's calls that may be left unanswered when it ends
 * @param levelSamples on fewer calls a level is not judged
 * @param errors the fraction of errors that is a finding where the target does not say less
 * @param cpuLimit cores that a service may use, where nothing says how many
 * @param cpuLimits cores that single services may use
 * @param cpuShare fraction of these cores from which a service is saturated
 * @param collecting the fraction of its time in which a service collects garbage, from which on it
 *     suffers
 * @param memoryFull the fraction of its memory from which on a service has none left
 * @param poolWaiting the fraction of samples in which calls waited for a connection
 * @param lineSpread bytes per second of a full line differ by less than this fraction
 * @param lineBytesPerAnswer smaller answers do not fill a line
 * @param database when a database is the cause
 * @param machine when a machine is the cause
 * @param growth a run that adds this fraction to a collection measured another system at its end
 * @param metricsPageBytes a smaller metrics page costs its service nothing that matters
 * @param outage a service is down if it answered nothing correctly for this time
 */
public record FindingOptions(
    double backlog,
    long levelSamples,
    Recovery recovery,
    Drift drift,
    Rise degraded,
    Rise change,
    double errors,
    double cpuLimit,
    Map<String, Double> cpuLimits,
    double cpuShare,
    double collecting,
    double memoryFull,
    double poolWaiting,
    double lineSpread,
    long lineBytesPerAnswer,
    double growth,
    long metricsPageBytes,
    Duration outage,
    Database database,
    Machine machine,
    Map<FindingKind, Kind> kinds) {

  /**
   * When a database is the cause of what services suffer.
   *
   * @param sessions that must wait for the same thing, on average
   * @param rise minimum ratio of a metric to its value before
   * @param ready sessions that must wait for a processor, in addition to those that run
   * @param connections the fraction of the allowed connections that counts as all
   * @param held the fraction of a client's connections that counts as all
   * @param share the fraction of the samples in which it must be so
   * @param misses the fraction of what is asked of a cache that it must not have
   */
  public record Database(
      double sessions,
      double rise,
      double ready,
      double connections,
      double held,
      double share,
      double misses) {}

  /**
   * When a machine is the cause of what services on it suffer.
   *
   * @param memory the fraction of the time in which something waits for memory
   * @param disk the fraction of the time in which something waits for a disk
   * @param rise minimum ratio to its value at other times
   */
  public record Machine(double memory, double disk, double rise) {}

  /** When a service is as before a peak, and from when on its recovery is a finding. */
  public record Recovery(double times, Duration least, Duration window, Duration notable) {}

  /**
   * When a trend matters.
   *
   * @param significance over all figures that are tested
   * @param share of the median, where no limit of the figure is known
   * @param goesOn the last third must rise at least at this fraction of the slope before
   * @param fullWithin multiple of the hold within which a known limit would be reached
   * @param createdRowBytes that a row which the test creates may keep in a service's own memory
   * @param shortest on a shorter hold nothing is proved
   */
  public record Drift(
      double significance,
      double share,
      double goesOn,
      double fullWithin,
      long createdRowBytes,
      Duration shortest,
      long leastMs,
      long leastMemoryBytes,
      long leastFiles,
      double leastErrorPercent) {}

  /** The smallest rise that counts: relative and absolute. */
  public record Rise(double times, Duration least) {}

  /** A kind of finding in words. */
  public record Kind(String title, List<String> alternatives, List<String> remedies) {}
}
