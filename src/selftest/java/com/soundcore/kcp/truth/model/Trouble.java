package com.soundcore.kcp.truth.model;

/** Something that is not as it should be with a service; any number of them may come together. */
public sealed interface Trouble {
  /** The name that stands for all operations. */
  String ALL = "";

  /**
   * Neighbours on the same machine: all times are multiplied by a factor that wanders from second
   * to second.
   *
   * @param rho how much of a second's factor is left in the next, from 0 to below 1
   * @param sigma deviation of the factor's logarithm
   */
  record Noise(double rho, double sigma) implements Trouble {}

  /**
   * Garbage collection: the whole process stops.
   *
   * @param everySeconds mean time from one to the next
   * @param millis length of each
   * @param periodic whether they come regularly, and not by chance
   */
  record Pauses(double everySeconds, double millis, boolean periodic) implements Trouble {}

  /** Times are so many times longer at first, and become normal with this time constant. */
  record ColdCache(double factor, double tauSeconds) implements Trouble {}

  /** More workers come once their use was above this share for so long. */
  record Autoscaling(int workers, double above, int afterSeconds) implements Trouble {}

  /**
   * Times change at once.
   *
   * @param from the first second
   * @param to the second in which they are as before
   * @param addMs what is added
   * @param factor what they are multiplied by, before
   * @param operation whose times; {@link #ALL} for all
   */
  record Step(int from, int to, double addMs, double factor, String operation) implements Trouble {}

  /** Every second all times get a little longer. */
  record Drift(double msPerSecond) implements Trouble {}

  /** For a while nothing is answered; what came meanwhile is answered after it. */
  record Stall(double fromSecond, double seconds) implements Trouble {}

  /**
   * For a while connections are refused. What had come before is still answered.
   *
   * @param restarts whether it comes back as a new process, whose counters begin at 0
   */
  record Outage(double fromSecond, double toSecond, boolean restarts) implements Trouble {}

  /**
   * Some answers are a 500.
   *
   * @param share of all answers
   * @param meanBurst how many come in a row on average; 1 for each by itself
   */
  record Errors(double share, double meanBurst) implements Trouble {}

  /**
   * Some answers of an operation are a 500 for a while, their share rising or falling evenly.
   *
   * @param operation whose answers; {@link #ALL} for all
   */
  record ErrorEpisode(
      double fromSecond, double toSecond, double shareAtFirst, double shareAtLast, String operation)
      implements Trouble {}

  /**
   * Several instances behind a balancer, which routes each poll of the metrics to the next
   * instance.
   */
  record Instances(int count) implements Trouble {}

  /** Some answers lack what they should contain. */
  record WrongContent(double share) implements Trouble {}

  /**
   * Some calls get no answer: the connection is closed. Gatling sends them again without a word, up
   * to so many times.
   */
  record Drops(double share, int retries) implements Trouble {}

  /** Some calls are never answered. */
  record Hangs(double share) implements Trouble {}

  /**
   * A service that does not come back by itself: above a rate all times are multiplied, until the
   * rate was not above it for so long.
   */
  record SlowRecovery(double abovePerSecond, double factor, int quietSeconds) implements Trouble {}
}
