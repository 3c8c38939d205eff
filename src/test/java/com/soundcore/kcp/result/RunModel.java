package com.soundcore.kcp.result;

import com.soundcore.kcp.run.Subject;
import java.util.List;
import java.util.Map;

/**
 * The measurements of a run.
 *
 * @param simulation name of the class in the log
 * @param startedAtMs start of the load in ms since the epoch
 * @param cut whether the log ends within a record
 * @param sealed whether the log has a checksum
 * @param whole all requests of the run
 * @param services all requests by service
 * @param requests all requests by "service / operation"
 * @param steady the requests of the steady seconds
 * @param steadyByService the same by service
 * @param phases the requests of each planned phase, in order
 * @param phasesBySubject the same by service and by "service / operation"
 * @param holds the steady seconds of each planned phase, by service and by "service / operation";
 *     empty for a phase that is not a hold
 * @param timeline second by second
 * @param timelines the same by service
 * @param operations the same by "service / operation": counts without response times
 * @param errors messages and their counts, the most frequent first
 * @param errorsByService the same by service
 * @param errorHistories occurrences of each message, the most frequent first; of the first {@value
 *     ErrorHistory#MOST} messages only
 * @param generatorErrors messages and counts of calls that the generator could not send
 * @param steadySeconds which seconds are steady
 */
public record RunModel(
    String simulation,
    long startedAtMs,
    boolean cut,
    boolean sealed,
    Stats whole,
    Map<String, Stats> services,
    Map<String, Stats> requests,
    Stats steady,
    Map<String, Stats> steadyByService,
    List<Stats> phases,
    List<Map<String, Stats>> phasesBySubject,
    List<Map<String, Stats>> holds,
    Timeline timeline,
    Map<String, Timeline> timelines,
    Map<String, Timeline> operations,
    Map<String, Long> errors,
    Map<String, Map<String, Long>> errorsByService,
    List<ErrorHistory> errorHistories,
    Map<String, Long> generatorErrors,
    List<Integer> steadySeconds) {
  /** Returns the timeline of all calls, a service or an operation; empty without calls. */
  public Timeline timelineOf(String subject) {
    if (subject.equals(Subject.ALL)) {
      return timeline;
    }
    Map<String, Timeline> of = Subject.isOperation(subject) ? operations : timelines;
    return of.getOrDefault(subject, Timeline.empty());
  }
}
