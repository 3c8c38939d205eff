package com.soundcore.kcp.result;

import com.soundcore.kcp.run.Subject;
import java.util.List;
import java.util.Map;

/**
 * What a run measured.
 *
 * @param simulation the class in the log
 * @param startedAtMs when the load began, since the epoch
 * @param cut whether the log ends within a record
 * @param sealed whether its checksum is there
 * @param whole all requests of the run
 * @param services all requests by service
 * @param requests all requests by "service / operation"
 * @param steady the requests of the steady seconds
 * @param steadyByService the same by service
 * @param phases the requests of each planned phase, in order
 * @param phasesBySubject the same by service and by "service / operation"
 * @param holds of each planned phase the steady seconds, by service and by "service / operation";
 *     nothing where it is no hold
 * @param timeline second by second
 * @param timelines the same by service
 * @param operations the same by "service / operation", calls alone: without response times
 * @param errors messages and their counts, the most frequent first
 * @param errorsByService the same by service
 * @param errorHistories when each message came, the most frequent first; of the first {@value
 *     ErrorHistory#MOST} that there were
 * @param generatorErrors the same of calls that the generator could not even send
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
  /** Calls second by second, of all, of a service or of an operation; empty where it has none. */
  public Timeline timelineOf(String subject) {
    if (subject.equals(Subject.ALL)) {
      return timeline;
    }
    Map<String, Timeline> of = Subject.isOperation(subject) ? operations : timelines;
    return of.getOrDefault(subject, Timeline.empty());
  }
}
