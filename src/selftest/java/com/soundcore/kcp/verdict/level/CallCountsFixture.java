package com.soundcore.kcp.verdict.level;

import java.util.HashMap;
import java.util.Map;

/** Counts of calls by second for 40 seconds, all of them open to be set. */
final class CallCountsFixture implements CallCounts {
  private static final int END = 40;

  private final Map<String, long[]> counts = new HashMap<>();

  /** The counts of a kind: started, ended, failed, slow, shed, closed or perhaps. */
  long[] of(String what, String service) {
    return counts.computeIfAbsent(what + " " + service, key -> new long[END]);
  }

  /** As many start and end in each second. */
  void steady(String service, int perSecond) {
    for (int second = 0; second < END; second++) {
      of("started", service)[second] = perSecond;
      of("ended", service)[second] = perSecond;
    }
  }

  private long sum(String what, String service, int from, int to) {
    long sum = 0;
    for (int second = from; second < to; second++) {
      sum += of(what, service)[second];
    }
    return sum;
  }

  private long at(String what, String service, int second) {
    return second < END ? of(what, service)[second] : 0;
  }

  @Override
  public long started(String service, int second) {
    return at("started", service, second);
  }

  @Override
  public long ended(String service, int second) {
    return at("ended", service, second);
  }

  @Override
  public long failed(String service, int second) {
    return at("failed", service, second);
  }

  @Override
  public long slow(String service, int second) {
    return at("slow", service, second);
  }

  @Override
  public long shed(String service, int from, int to) {
    return sum("shed", service, from, to);
  }

  @Override
  public long closed(String service, int from, int to) {
    return sum("closed", service, from, to);
  }

  @Override
  public long perhapsDropped(String service, int from, int to) {
    return sum("perhaps", service, from, to);
  }
}
