package com.soundcore.kcp.run;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import java.util.Map;

/**
 * What was known at the end. What an earlier version of this suite did not write is empty.
 *
 * @param finished whether the run came to its end
 * @param shedCalls calls that were due and not made, since too many were in flight
 * @param closedConnections connections that the server closed without an answer, whereupon Gatling
 *     sent the call again in silence; service "" where it is not known whose they were
 * @param generator what the generator saw of itself, a sample a second
 * @param answered calls that ended, by "service / operation", as counted when they did; empty where
 *     nobody counted
 * @param stopped where the load was stopped before its planned end; else null
 * @param lagMs of a part of a merged run, how far its arrivals were behind their plan
 * @param clockOffsetMs how far the target's clock is ahead of this machine's; null where unknown
 * @param search what a search for the highest rate found; null where there was none
 * @param maxInFlight the cap on requests in flight at its highest; 0 where unknown
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

  /** Of a run that has not ended, or never did. */
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
