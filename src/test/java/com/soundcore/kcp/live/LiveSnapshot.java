package com.soundcore.kcp.live;

import com.soundcore.kcp.live.calls.Figures;
import com.soundcore.kcp.live.calls.Recorder;
import com.soundcore.kcp.run.GeneratorSample;
import java.util.List;
import java.util.Map;

/**
 * A second of the run, and the run up to it, for display.
 *
 * @param second of the load, from 0
 * @param ofSeconds the planned length of the load
 * @param phase its name; empty after the last one
 * @param users that have started and not finished
 * @param plannedUsers 0 in the open model
 * @param inFlight requests in flight
 * @param shed calls that were due but not sent, so far
 * @param all services together
 * @param services by name
 * @param operations by "service / operation", so far
 * @param generator the generator's own health
 * @param resources metrics of the system under test, by service and name
 * @param failures the latest
 * @param injectors each injector, if this is the sum of several; else empty
 */
record LiveSnapshot(
    int second,
    int ofSeconds,
    String phase,
    long users,
    double plannedUsers,
    int inFlight,
    long shed,
    Flow all,
    Map<String, Flow> services,
    Map<String, Figures> operations,
    GeneratorSample generator,
    Map<String, Map<String, Double>> resources,
    List<Recorder.Failure> failures,
    List<Injector> injectors) {

  /**
   * A stream of calls.
   *
   * @param plannedRps now
   * @param rps now
   * @param bytesPerSec of answers, now
   * @param now the last second
   * @param soFar since the start
   */
  record Flow(double plannedRps, double rps, long bytesPerSec, Figures now, Figures soFar) {}

  /**
   * One of several injectors.
   *
   * @param index from 0
   * @param second of its load that it reported last; -1 if it has not reported yet
   * @param rps now
   * @param users of this injector
   * @param shed so far
   * @param cpu the fraction of its cores that it used
   * @param maxPauseMs its longest pause of the last second
   * @param silent whether it has not reported for a while
   */
  record Injector(
      int index,
      int second,
      double rps,
      long users,
      long shed,
      double cpu,
      double maxPauseMs,
      boolean silent) {}
}
