package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The thresholds of the findings beyond the gates. {@code conf/findings.conf} explains each.
 *
 * @param backlog the fraction of a level's calls that may still wait at its end
 * @param levelSamples with fewer calls, a service is not judged at a level
 * @param errors the error rate that is a finding, unless the target is lower; a fraction
 * @param cpuLimit the CPU limit of a service in cores, if no other source has it
 * @param cpuLimits CPU limits in cores, by service
 * @param cpuShare the fraction of its limit from which a service is saturated
 * @param collecting the fraction of time in garbage collection that is a finding
 * @param memoryFull the fraction of its limit from which a service's memory is full
 * @param poolWaiting the fraction of samples in which calls waited for a connection
 * @param lineSpread a line is saturated if its bytes per second vary by less than this fraction
 * @param lineBytesPerAnswer smaller responses do not saturate a line
 * @param database the thresholds for a database as the cause
 * @param machine the thresholds for a machine as the cause
 * @param growth a run that grows a collection by this fraction measured a different system at its
 *     end
 * @param metricsPageBytes a smaller metrics page costs its service too little to matter
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
   * The thresholds for a database as the cause of symptoms in services.
   *
   * @param sessions average number of sessions that wait for the same thing
   * @param rise minimum ratio of a metric to its earlier value
   * @param ready number of sessions that are ready to run but have no processor
   * @param connections the fraction of the connection limit that counts as exhausted
   * @param held the fraction of a client's own connections that counts as exhausted
   * @param share the fraction of the samples that must show it
   * @param misses the miss rate of a cache
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
   * The thresholds for a machine as the cause of symptoms in its services.
   *
   * @param memory the fraction of time in which processes wait for memory
   * @param disk the fraction of time in which processes wait for the disk
   * @param rise minimum ratio to the value at other times
   */
  public record Machine(double memory, double disk, double rise) {}

  /**
   * The thresholds for a service's recovery from a peak, and for a recovery slow enough to be a
   * finding.
   */
  public record Recovery(double times, Duration least, Duration window, Duration notable) {}

  /**
   * The thresholds for a trend over a hold.
   *
   * @param significance the probability of a false trend among all tested metrics
   * @param share the smallest rise over the hold, as a fraction of the median, if the metric has no
   *     known limit
   * @param goesOn the slope of the last third, as a minimum fraction of the earlier slope
   * @param fullWithin the multiple of the hold within which the metric would reach a known limit
   * @param createdRowBytes bytes that a row created by the test may take in a service's memory
   * @param shortest a shorter hold proves no drift
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

  /** The smallest rise that counts: relative (a multiple or a fraction) and absolute. */
  public record Rise(double times, Duration least) {}

  /** The words of a kind of finding. */
  public record Kind(String title, List<String> alternatives, List<String> remedies) {}
}
