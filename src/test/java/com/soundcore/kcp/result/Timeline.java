package com.soundcore.kcp.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.IntCountsHistogram;

/**
 * Requests and users second by second. A request counts in the second in which it started. Only the
 * latest seconds keep a histogram; older ones keep their percentiles.
 */
public final class Timeline {
  // A request that takes longer is counted, but its second's percentiles leave it out.
  private static final int LONGEST_SECONDS = 128;
  // Seconds come in order, except those of long requests.
  private static final int OPEN_SECONDS = 2 * LONGEST_SECONDS;
  private static final int DIGITS = 2;
  private static final int FEW_CALLS = 20;

  /**
   * Number of classes of response times: below 1 ms, 2 ms, 4 ms and so on; the last has no limit.
   */
  public static final int CLASSES = 17;

  /** A second: users at its end, requests that started, and their response times in ms. */
  public record Second(
      int second,
      int users,
      long started,
      long ok,
      long failed,
      long p50Ms,
      long p95Ms,
      long p99Ms) {}

  private static final class Slot {
    private long ok;
    private long failed;
    private long ended;
    private long arrivals;
    private int[] beyond;
    private final int[] classes;
    private int usersDelta;
    private long p50;
    private long p95;
    private long p99;
    private IntCountsHistogram times;
    // All response times of a second with too few calls for meaningful percentiles.
    private int[] few = {};

    Slot(boolean withTimes) {
      classes = withTimes ? new int[CLASSES] : null;
      times = withTimes ? new IntCountsHistogram(DIGITS) : null;
    }

    void close() {
      if (times != null) {
        p50 = times.getValueAtPercentile(50);
        p95 = times.getValueAtPercentile(95);
        p99 = times.getValueAtPercentile(99);
        if (ok + failed <= FEW_CALLS) {
          few = values(times);
        }
        times = null;
      }
    }
  }

  private static int[] values(IntCountsHistogram times) {
    int[] values = new int[(int) times.getTotalCount()];
    int n = 0;
    for (HistogramIterationValue value : times.recordedValues()) {
      for (long i = 0; i < value.getCountAddedInThisIterationStep(); i++) {
        values[n++] = (int) value.getValueIteratedTo();
      }
    }
    return values;
  }

  private final int[] limitsMs;
  private final boolean withTimes;
  private final List<Slot> slots = new ArrayList<>();
  private int firstOpen;

  Timeline() {
    this(List.of());
  }

  /**
   * @param limitsMs limits in ms; calls that take at least as long are also counted in each second
   */
  Timeline(List<Integer> limitsMs) {
    this(limitsMs, true);
  }

  private Timeline(List<Integer> limitsMs, boolean withTimes) {
    this.withTimes = withTimes;
    this.limitsMs = limitsMs.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Creates a timeline of an operation: it counts calls and keeps no response times. */
  static Timeline ofCounts(List<Integer> limitsMs) {
    return new Timeline(limitsMs, false);
  }

  /** Returns a timeline without requests. */
  public static Timeline empty() {
    return new Timeline();
  }

  void users(int second, int started, int ended) {
    Slot slot = slot(second);
    slot.usersDelta += started - ended;
    slot.arrivals += started;
  }

  void requests(int second, int endSecond, int millis, boolean ok, int count) {
    Slot slot = slot(second);
    if (ok) {
      slot.ok += count;
    } else {
      slot.failed += count;
    }
    if (slot.times != null && endSecond - second < LONGEST_SECONDS) {
      slot.times.recordValueWithCount(Math.max(0, millis), count);
    }
    if (withTimes) {
      slot.classes[classOf(millis)] += count;
    }
    for (int i = 0; i < limitsMs.length; i++) {
      if (millis >= limitsMs[i]) {
        slot.beyond = slot.beyond == null ? new int[limitsMs.length] : slot.beyond;
        slot.beyond[i] += count;
      }
    }
    slot(endSecond).ended += count;
  }

  /** Returns the number of requests that started in a second and took at least this limit. */
  public long beyond(int second, int limitMs) {
    for (int i = 0; i < limitsMs.length; i++) {
      if (limitsMs[i] == limitMs) {
        int[] beyond = second < slots.size() ? slots.get(second).beyond : null;
        return beyond == null ? 0 : beyond[i];
      }
    }
    throw new IllegalArgumentException(limitMs + " ms is none of " + Arrays.toString(limitsMs));
  }

  /** Returns the class of a response time, from 0. */
  static int classOf(int millis) {
    return Math.min(CLASSES - 1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, millis)));
  }

  /** Returns the number of requests that started in a second, by class of response time. */
  public int[] classes(int second) {
    return withTimes && second < slots.size()
        ? slots.get(second).classes.clone()
        : new int[CLASSES];
  }

  /** Returns the number of requests that started in a second and failed. */
  public long failed(int second) {
    return second < slots.size() ? slots.get(second).failed : 0;
  }

  /** Returns the number of requests that started in a second. */
  public long started(int second) {
    return second < slots.size() ? slots.get(second).ok + slots.get(second).failed : 0;
  }

  /** Returns the number of requests that ended in a second. */
  public long ended(int second) {
    return second < slots.size() ? slots.get(second).ended : 0;
  }

  /** Returns the number of users, or journeys of the open model, that started in a second. */
  public long arrivals(int second) {
    return second < slots.size() ? slots.get(second).arrivals : 0;
  }

  /** Returns the number of seconds. */
  public int length() {
    return slots.size();
  }

  public List<Second> seconds() {
    List<Second> seconds = new ArrayList<>(slots.size());
    int users = 0;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      slot.close();
      users += slot.usersDelta;
      seconds.add(
          new Second(
              i, users, slot.ok + slot.failed, slot.ok, slot.failed, slot.p50, slot.p95, slot.p99));
    }
    return seconds;
  }

  /**
   * Returns the p95 in ms over all calls of these seconds. Empty if any second has more than 20
   * calls, because its own percentiles are then meaningful.
   */
  public OptionalDouble pooledP95(Collection<Integer> of) {
    List<int[]> values = new ArrayList<>();
    for (int second : of) {
      Slot slot = slots.get(second);
      slot.close();
      if (slot.few.length < slot.ok + slot.failed) {
        return OptionalDouble.empty();
      }
      values.add(slot.few);
    }
    int[] sorted = values.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sorted[(int) Math.ceil(0.95 * sorted.length) - 1]);
  }

  private Slot slot(int second) {
    int index = Math.max(0, second);
    while (slots.size() <= index) {
      slots.add(new Slot(withTimes));
      for (; firstOpen < slots.size() - OPEN_SECONDS; firstOpen++) {
        slots.get(firstOpen).close();
      }
    }
    return slots.get(index);
  }
}
