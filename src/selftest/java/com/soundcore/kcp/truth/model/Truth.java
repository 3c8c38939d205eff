package com.soundcore.kcp.truth.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is true of a run, whatever can be seen of it.
 *
 * @param services by name
 * @param database the load of the shared database by second, as a share of what it can serve
 * @param endedAtSecond when the last user was done
 */
public record Truth(Map<String, OfService> services, List<Double> database, double endedAtSecond) {

  /** From a second on until before another one. */
  public record Span(int from, int to) {
    /** The end of what did not end within the run. */
    public static final int NEVER = Integer.MAX_VALUE;
  }

  /**
   * What came to a service in a second.
   *
   * @param received calls, each try of those that were dropped among them
   * @param use the work that came with them, as a share of what its workers can do
   * @param databaseSeconds the part of that work that is the database's
   */
  public record Load(long received, double use, double databaseSeconds) {}

  /**
   * What is true of a service.
   *
   * @param requests that it answered or dropped, as it counts them itself, over all its processes
   * @param droppedTries connections that it closed without an answer
   * @param hung calls that it never answered
   * @param refused connections
   * @param slow when it was slow for having been asked too much (see {@link Trouble.SlowRecovery});
   *     a span's end is the second in which it was really back
   * @param scaledAt the seconds in which more workers came
   * @param loads by second
   */
  public record OfService(
      long requests,
      long droppedTries,
      long hung,
      long refused,
      List<Span> slow,
      List<Integer> scaledAt,
      List<Load> loads) {

    /** The second in which it was back for the last time; nothing where it never was slow. */
    public Optional<Integer> recoveredAt() {
      return slow.isEmpty() ? Optional.empty() : Optional.of(slow.get(slow.size() - 1).to());
    }

    /** Whether less came in that second than its workers can do. */
    public boolean isBelowCapacity(int second) {
      return second >= loads.size() || loads.get(second).use() < 1;
    }

    /** The mean load of some seconds, as a share of what its workers can do. */
    public double use(int fromSecond, int toSecond) {
      return loads.subList(fromSecond, Math.min(toSecond, loads.size())).stream()
          .mapToDouble(Load::use)
          .average()
          .orElse(0);
    }
  }
}
