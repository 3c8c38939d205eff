package com.soundcore.kcp.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import java.util.Map;

/**
 * The facts known at the end of a run. Values that an earlier version of this suite did not write
 * are empty.
 *
 * @param finished whether the run reached its end
 * @param shedCalls calls that were due but not sent, since the cap on requests in flight was
 *     reached
 * @param closedConnections connections that the server closed without an answer, after which
 *     Gatling silently retried the call; service "" if their service is unknown
 * @param generator the generator's own metrics, one sample a second
 * @param answered calls that finished, by "service / operation", as counted when they did; empty if
 *     they were not counted
 * @param stopped the stop before the planned end; else null
 * @param lagMs for a part of a merged run, how far its arrivals were behind their plan
 * @param clockOffsetMs how far the target's clock is ahead of this machine's; null if unknown
 * @param search the result of a search for the highest rate; null if there was none
 * @param maxInFlight the highest cap on requests in flight; 0 if unknown
 */
public record RunEnd(
    boolean finished,
    CountsBySecond shedCalls,
    @JsonAlias("droppedCalls") CountsBySecond closedConnections,
    List<GeneratorSample> generator,
    Map<String, Answered> answered,
    Stopped stopped,
    long lagMs,
    Long clockOffsetMs,
    SearchRecord search,
    int maxInFlight) {
  public RunEnd {
    shedCalls = shedCalls == null ? CountsBySecond.NONE : shedCalls;
    closedConnections = closedConnections == null ? CountsBySecond.NONE : closedConnections;
    generator = generator == null ? List.of() : generator;
    answered = answered == null ? Map.of() : answered;
  }

  /** A run that has not finished, or never did. */
  public static final RunEnd NOT_YET =
      new RunEnd(
          false,
          CountsBySecond.NONE,
          CountsBySecond.NONE,
          List.of(),
          Map.of(),
          null,
          0,
          null,
          null,
          0);

  RunEnd withLag(long late) {
    return new RunEnd(
        finished,
        shedCalls,
        closedConnections,
        generator,
        answered,
        stopped,
        late,
        clockOffsetMs,
        search,
        maxInFlight);
  }
}
