package com.soundcore.kcp.run;

/**
 * A second of the generator.
 *
 * @param second from the start of the load
 * @param processCpu the fraction of the cores that this process may use which it used
 * @param machineCpu the fraction of them that everything used
 * @param maxPauseMs the longest time that a thread was late which had nothing to do but wake up
 * @param pausedMs all such times above the smallest ones
 * @param gcPauseMs time in collections
 * @param openFiles files and sockets
 * @param throttledMs for which the control group's processor quota stopped this process
 * @param stealShare the fraction of them that the hypervisor gave to others
 * @param loopLateMs for which the event loop that was late for longest was late
 * @param embeddedCpu the fraction of them that the embedded backend used
 * @param compilersCpu the fraction of them that the compilers of both used
 */
public record GeneratorSample(
    int second,
    double processCpu,
    double machineCpu,
    double maxPauseMs,
    double pausedMs,
    long gcPauseMs,
    long openFiles,
    double throttledMs,
    double stealShare,
    double loopLateMs,
    double embeddedCpu,
    double compilersCpu) {
  // A scheduler's and a sampler's grain; what is left is no use to an event loop.
  private static final double ALL_CORES = 0.97;

  /** Whether all cores were busy, whoever used them. */
  public boolean isMachineFull() {
    return isFull(machineCpu);
  }

  /** The same of a mean over several seconds. */
  public static boolean isFull(double machineCpu) {
    return machineCpu >= ALL_CORES;
  }

  /**
   * For how long an event loop waited for a core of a full machine. The delay of a loop alone shows
   * nothing: a system that answers in bursts also causes it.
   */
  public double starvedMs() {
    return isMachineFull() ? loopLateMs : 0;
  }

  /**
   * For how long an event loop had too much to do: a pause of the whole process makes it late, too,
   * and has a figure of its own.
   */
  public double fullLoopMs() {
    return Math.max(0, loopLateMs - Math.max(pausedMs, Math.max(throttledMs, stealShare * 1000)));
  }

  /** One that was neither throttled nor robbed, and whose event loops were in time. */
  public GeneratorSample(
      int second,
      double processCpu,
      double machineCpu,
      double maxPauseMs,
      double pausedMs,
      long gcPauseMs,
      long openFiles) {
    this(second, processCpu, machineCpu, maxPauseMs, pausedMs, gcPauseMs, openFiles, 0, 0, 0, 0, 0);
  }
}
