package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.run.Answered;
import com.soundcore.kcp.truth.generator.Steering.Flow;
import com.soundcore.kcp.truth.generator.Steering.Live;
import com.soundcore.kcp.truth.time.Micros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.IntCountsHistogram;

/** What the suite counts while a run goes on: for its end, and second by second. */
public final class Ledger {
  private static final int DIGITS = 3;

  /** A service since the last look. */
  private static final class Recent {
    private final IntCountsHistogram times = new IntCountsHistogram(DIGITS);
    private long sent;
    private long answered;
    private long failed;
    private long shed;
    private long bytes;

    void clear() {
      times.reset();
      sent = 0;
      answered = 0;
      failed = 0;
      shed = 0;
      bytes = 0;
    }
  }

  private final Operations operations;
  private final boolean watched;
  private final long[] right;
  private final long[] wrong;
  private final List<Recent> recent = new ArrayList<>();
  private final VirtualCounts counts;

  /**
   * @param watched whether somebody looks at the times while they come
   */
  public Ledger(Operations operations, VirtualCounts counts, boolean watched) {
    this.counts = counts;
    this.operations = operations;
    this.watched = watched;
    right = new long[operations.count()];
    wrong = new long[operations.count()];
    operations.services().forEach(service -> recent.add(new Recent()));
  }

  public void sent(int operation, long now) {
    int service = operations.serviceOf(operation);
    int second = Micros.toMillis(now) / 1000;
    recent.get(service).sent++;
    counts.sent(operations.services().get(service), second);
    counts.sent(operations.get(operation).fullName(), second);
  }

  /** A connection was closed, and its call is sent again. */
  public void dropped(String service, long now) {
    counts.dropped(service, Micros.toMillis(now) / 1000);
  }

  public void shed(int service, long now) {
    recent.get(service).shed++;
    counts.shed(operations.services().get(service), Micros.toMillis(now) / 1000);
  }

  public void answered(int operation, int startMs, int endMs, boolean ok, int bytes) {
    Recent of = recent.get(operations.serviceOf(operation));
    of.answered++;
    of.bytes += bytes;
    if (ok) {
      right[operation]++;
    } else {
      wrong[operation]++;
      of.failed++;
    }
    if (watched) {
      of.times.recordValue(endMs - startMs);
    }
    counts.answered(operations.services().get(operations.serviceOf(operation)), startMs, endMs, ok);
    counts.answered(operations.get(operation).fullName(), startMs, endMs, ok);
  }

  /** The second that has ended; what it says of times holds until the next look. */
  Live look(int second, int inFlight) {
    Map<String, Flow> flows = new LinkedHashMap<>();
    for (int i = 0; i < recent.size(); i++) {
      Recent of = recent.get(i);
      flows.put(
          operations.services().get(i),
          new Flow(of.sent, of.answered, of.failed, of.shed, of.times));
    }
    return new Live(second, inFlight, flows);
  }

  /** Bytes that came from a service since the last look. */
  public long bytes(int service) {
    return recent.get(service).bytes;
  }

  public void nextSecond() {
    recent.forEach(Recent::clear);
  }

  public VirtualCounts counts() {
    return counts;
  }

  /** By "service / operation". */
  public Map<String, Answered> answered() {
    Map<String, Answered> answered = new LinkedHashMap<>();
    for (int i = 0; i < right.length; i++) {
      answered.put(operations.get(i).fullName(), new Answered(right[i], wrong[i]));
    }
    return answered;
  }
}
