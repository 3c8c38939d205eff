package com.soundcore.kcp.live.calls;

import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.workload.LoadTime;
import com.soundcore.kcp.workload.Observer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Recorder of the virtual users' calls. Each thread writes into its own stripe, so that no thread
 * waits for another. One reader collects the counts of all stripes at intervals.
 */
public final class Recorder implements Observer {
  // The precision of the results, so that percentiles equal those of the log.
  private static final int DIGITS = 3;
  private static final int LATEST = 20;

  /** Response times written by one thread and collected by the reader. */
  private static final class Times {
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(DIGITS);
    private Histogram idle;

    void addTo(Histogram sum) {
      idle = recorder.getIntervalHistogram(idle);
      sum.add(idle);
    }
  }

  /** The counts of one thread. */
  private static final class Stripe {
    private final Times[] ok;
    private final Times[] failed;

    Stripe(int operations) {
      ok = Stream.generate(Times::new).limit(operations).toArray(Times[]::new);
      failed = Stream.generate(Times::new).limit(operations).toArray(Times[]::new);
    }
  }

  /**
   * Counts of an operation since the last poll.
   *
   * @param sent calls
   * @param bytes of answers
   * @param ok response times of correct answers, in ms
   * @param failed response times of other answers, in ms
   */
  public record Interval(
      Operation operation, long sent, long bytes, Histogram ok, Histogram failed) {}

  /**
   * A failure, in words.
   *
   * @param atMs of the load
   */
  public record Failure(long atMs, String operation, String what) {}

  private final List<Operation> operations;
  private final LoadTime time;
  private final Map<Operation, Integer> numbers = new IdentityHashMap<>();
  private final Queue<Stripe> stripes = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<Stripe> mine;
  private final LongAdder[] sent;
  private final LongAdder[] received;
  private final LongAdder usersStarted = new LongAdder();
  private final LongAdder usersEnded = new LongAdder();
  private final Deque<Failure> latest = new ArrayDeque<>();

  /**
   * @param operations all that may be called
   * @param time of the load, for failures
   */
  public Recorder(List<Operation> operations, LoadTime time) {
    this.operations = List.copyOf(operations);
    this.time = time;
    sent = new LongAdder[operations.size()];
    received = new LongAdder[operations.size()];
    for (int i = 0; i < sent.length; i++) {
      numbers.put(operations.get(i), i);
      sent[i] = new LongAdder();
      received[i] = new LongAdder();
    }
    mine = ThreadLocal.withInitial(this::stripe);
  }

  private Stripe stripe() {
    Stripe stripe = new Stripe(operations.size());
    stripes.add(stripe);
    return stripe;
  }

  @Override
  public void userStarts() {
    usersStarted.increment();
  }

  @Override
  public void userEnds() {
    usersEnded.increment();
  }

  @Override
  public void sent(Operation operation) {
    sent[numbers.get(operation)].increment();
  }

  @Override
  public void answered(Operation operation, int millis, boolean ok, int bytes, String wrong) {
    Stripe stripe = mine.get();
    int number = numbers.get(operation);
    (ok ? stripe.ok : stripe.failed)[number].recorder.recordValue(Math.max(0, millis));
    received[number].add(bytes);
    if (!ok) {
      remember(operation, wrong.isEmpty() ? "no answer" : wrong);
    }
  }

  private void remember(Operation operation, String what) {
    synchronized (latest) {
      if (latest.size() == LATEST) {
        latest.removeFirst();
      }
      latest.addLast(new Failure(time.millis(), operation.fullName(), what));
    }
  }

  /** Returns all operations that may be called. */
  public List<Operation> operations() {
    return operations;
  }

  /** Returns the number of users that have started and not finished. */
  public long users() {
    return usersStarted.sum() - usersEnded.sum();
  }

  /** Returns the latest failures, the newest last. */
  public List<Failure> failures() {
    synchronized (latest) {
      return List.copyOf(latest);
    }
  }

  /** Returns the counts of all operations since the last call. For one reader only. */
  public List<Interval> take() {
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < sent.length; i++) {
      Histogram ok = new Histogram(DIGITS);
      Histogram failed = new Histogram(DIGITS);
      for (Stripe stripe : stripes) {
        stripe.ok[i].addTo(ok);
        stripe.failed[i].addTo(failed);
      }
      intervals.add(
          new Interval(
              operations.get(i), sent[i].sumThenReset(), received[i].sumThenReset(), ok, failed));
    }
    return intervals;
  }
}
