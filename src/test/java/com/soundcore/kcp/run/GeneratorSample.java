package com.soundcore.kcp.run;

/**
 * The generator's own metrics for one second.
 *
 * @param second from the start of the load
 * @param processCpu fraction of the available cores used by this process
 * @param machineCpu fraction of these cores used by all processes
 * @param maxPauseMs largest delay of a thread that only sleeps and wakes up
 * @param pausedMs sum of these delays, without the smallest ones
 * @param gcPauseMs time in garbage collections
 * @param openFiles files and sockets
 * @param throttledMs time for which the control group's CPU quota stopped this process
 * @param stealShare fraction of these cores that the hypervisor gave to others
 * @param loopLateMs delay of the event loop that was late for longest
 * @param embeddedCpu fraction of these cores used by the embedded backend
 * @param compilersCpu fraction of these cores used by the compilers of both processes
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
  // Allows for the resolution of scheduler and sampler. An event loop cannot use the remainder.
  private static final double ALL_CORES = 0.97;

  /** Returns whether all cores were busy, whichever process used them. */
  public boolean isMachineFull() {
    return isFull(machineCpu);
  }

  /** Returns whether a mean over several seconds means that all cores were busy. */
  public static boolean isFull(double machineCpu) {
    return machineCpu >= ALL_CORES;
  }

  /**
   * Returns how long an event loop waited for a core of a full machine. The delay alone proves
   * nothing: a system that answers in bursts also causes it.
   */
  public double starvedMs() {
    return isMachineFull() ? loopLateMs : 0;
  }

  /**
   * Returns how long an event loop was overloaded. Pauses of the whole process also delay it, but
   * are a separate metric and are subtracted.
   */
  public double fullLoopMs() {
    return Math.max(0, loopLateMs - Math.max(pausedMs, Math.max(throttledMs, stealShare * 1000)));
  }

  /** Creates a sample without throttling, steal or late event loops. */
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
