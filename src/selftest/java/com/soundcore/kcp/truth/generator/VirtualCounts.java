package com.soundcore.kcp.truth.generator;

import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.verdict.level.CallCounts;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What a live recorder counts second by second, in virtual time. */
public final class VirtualCounts implements CallCounts {
  private static final int FIRST_SECONDS = 512;

  /** The seconds of a service. */
  private static final class Seconds {
    private final int limitMs;
    private int[] sent = new int[FIRST_SECONDS];
    private int[] answered = new int[FIRST_SECONDS];
    private int[] ended = new int[FIRST_SECONDS];
    private int[] failed = new int[FIRST_SECONDS];
    private int[] beyond = new int[FIRST_SECONDS];
    private int[] shed = new int[FIRST_SECONDS];
    private int[] dropped = new int[FIRST_SECONDS];

    Seconds(int limitMs) {
      this.limitMs = limitMs;
    }

    void reach(int second) {
      if (second >= sent.length) {
        int length = second * 2;
        sent = Arrays.copyOf(sent, length);
        answered = Arrays.copyOf(answered, length);
        ended = Arrays.copyOf(ended, length);
        failed = Arrays.copyOf(failed, length);
        beyond = Arrays.copyOf(beyond, length);
        shed = Arrays.copyOf(shed, length);
        dropped = Arrays.copyOf(dropped, length);
      }
    }
  }

  private final Map<String, Seconds> byService = new TreeMap<>();

  /**
   * @param limitsMs the p95 target of each service and of each operation
   */
  public VirtualCounts(Map<String, Integer> limitsMs) {
    limitsMs.forEach((service, limit) -> byService.put(service, new Seconds(limit)));
  }

  private Seconds at(String service, int second) {
    Seconds seconds = byService.get(service);
    seconds.reach(second);
    return seconds;
  }

  void sent(String service, int second) {
    at(service, second).sent[second]++;
  }

  public void shed(String service, int second) {
    at(service, second).shed[second]++;
  }

  public void dropped(String service, int second) {
    at(service, second).dropped[second]++;
  }

  void answered(String service, int startMs, int endMs, boolean ok) {
    int start = startMs / 1000;
    Seconds seconds = at(service, endMs / 1000);
    seconds.answered[start]++;
    seconds.ended[endMs / 1000]++;
    seconds.failed[start] += ok ? 0 : 1;
    seconds.beyond[start] += endMs - startMs >= seconds.limitMs ? 1 : 0;
  }

  /** Calls dropped at the cap on requests in flight. */
  public CountsBySecond shed() {
    return counts(seconds -> seconds.shed);
  }

  /** Connections that were closed without an answer, and whose call was sent again. */
  public CountsBySecond dropped() {
    return counts(seconds -> seconds.dropped);
  }

  private CountsBySecond counts(Function<Seconds, int[]> of) {
    Map<String, Map<Integer, Long>> counts = new TreeMap<>();
    byService.forEach(
        (service, seconds) -> {
          int[] values = of.apply(seconds);
          for (int second = 0; second < values.length; second++) {
            if (values[second] > 0) {
              counts
                  .computeIfAbsent(service, name -> new TreeMap<>())
                  .put(second, (long) values[second]);
            }
          }
        });
    return new CountsBySecond(counts);
  }

  @Override
  public long started(String service, int second) {
    return at(service, second).sent[second];
  }

  @Override
  public long ended(String service, int second) {
    return at(service, second).ended[second];
  }

  @Override
  public long failed(String service, int second) {
    return at(service, second).failed[second];
  }

  @Override
  public long slow(String service, int second) {
    Seconds of = at(service, second);
    return of.sent[second] - of.answered[second] + (long) of.beyond[second];
  }

  @Override
  public long shed(String service, int from, int to) {
    return sum(at(service, to).shed, from, to);
  }

  @Override
  public long closed(String service, int from, int to) {
    return sum(at(service, to).dropped, from, to);
  }

  @Override
  public long perhapsDropped(String service, int from, int to) {
    return 0;
  }

  private static long sum(int[] values, int from, int to) {
    long sum = 0;
    for (int second = from; second < to; second++) {
      sum += values[second];
    }
    return sum;
  }
}
