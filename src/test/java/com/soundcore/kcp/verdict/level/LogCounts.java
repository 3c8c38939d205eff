package com.soundcore.kcp.verdict.level;

import com.soundcore.kcp.config.services.Target;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.Timeline;
import com.soundcore.kcp.run.RunEnd;
import com.soundcore.kcp.run.Subject;
import java.util.Map;

/**
 * Call counts of a finished run by second, from its log.
 *
 * @param run its model, read with the limits of these targets
 * @param end counts that are not in the log
 * @param targets by service
 */
public record LogCounts(RunModel run, RunEnd end, Map<String, Target> targets)
    implements CallCounts {
  private Timeline timeline(String subject) {
    return run.timelineOf(subject);
  }

  @Override
  public long started(String service, int second) {
    return timeline(service).started(second);
  }

  @Override
  public long ended(String service, int second) {
    return timeline(service).ended(second);
  }

  @Override
  public long failed(String service, int second) {
    return timeline(service).failed(second);
  }

  @Override
  public long slow(String service, int second) {
    Timeline timeline = timeline(service);
    Target target = targets.get(Subject.serviceOf(service));
    Target own = Subject.isOperation(service) ? target.of(Subject.nameOf(service)) : target;
    return timeline.started(second) == 0 ? 0 : timeline.beyond(second, (int) own.p95().toMillis());
  }

  @Override
  public long shed(String service, int from, int to) {
    return end.shedCalls().total(service, from, to);
  }

  @Override
  public long closed(String service, int from, int to) {
    return end.closedConnections().total(service, from, to);
  }

  @Override
  public long perhapsDropped(String service, int from, int to) {
    return end.closedConnections().perhaps(service, from, to);
  }
}
