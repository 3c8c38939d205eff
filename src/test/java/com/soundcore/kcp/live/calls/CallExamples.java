package com.soundcore.kcp.live.calls;

import com.soundcore.kcp.config.ExampleOptions;
import com.soundcore.kcp.run.Answered.Example;
import com.soundcore.kcp.run.ErrorKind;
import com.soundcore.kcp.workload.DrawnCall;
import com.soundcore.kcp.workload.LoadTime;
import com.soundcore.kcp.workload.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Collector of the slowest calls of each service, and of the first failures of each kind. If calls
 * are traced, only traced calls compete: the others cannot be found in the system.
 */
public final class CallExamples {
  private static final String NO_ANSWER = "no complete answer, or never sent (see Errors)";
  // Only this many bytes of an answer are examined, however long it is.
  private static final int LOOKED_AT = 4096;

  /** The slowest calls of a service, and the time that a call must exceed to be one of them. */
  private static final class Slowest {
    private final PriorityQueue<Example> calls =
        new PriorityQueue<>(Comparator.comparingInt(Example::millis));
    private volatile int above = -1;
  }

  private final ExampleOptions options;
  private final LoadTime time;
  private final Supplier<Collection<String>> secrets;
  private final Map<String, Slowest> slowest = new ConcurrentHashMap<>();
  private final Map<String, Map<String, List<Example>>> failed = new ConcurrentHashMap<>();
  private volatile IntPredicate steady = second -> true;

  /**
   * @param secrets that no example may contain
   */
  public CallExamples(ExampleOptions options, LoadTime time, Supplier<Collection<String>> secrets) {
    this.options = options;
    this.time = time;
    this.secrets = secrets;
  }

  /** Sets the seconds in which slow calls are kept. In a ramp everything warms up. */
  public void steadyIn(IntPredicate seconds) {
    steady = seconds;
  }

  public void ended(DrawnCall call, int millis, boolean ok) {
    if (ok) {
      slow(call, millis);
    } else {
      failed(call, millis);
    }
  }

  private void slow(DrawnCall call, int millis) {
    if (options.slowest() == 0 || options.tracedShare() > 0 && call.trace().isEmpty()) {
      return;
    }
    String service = call.operation().service();
    Slowest mine = slowest.get(service);
    if (mine == null) {
      mine = slowest.computeIfAbsent(service, none -> new Slowest());
    }
    if (millis <= mine.above || !steady.test((int) (sentMillis(millis) / 1000))) {
      return;
    }
    synchronized (mine) {
      mine.calls.add(example(call, millis, ""));
      if (mine.calls.size() > options.slowest()) {
        mine.calls.poll();
      }
      if (mine.calls.size() == options.slowest()) {
        mine.above = mine.calls.peek().millis();
      }
    }
  }

  private void failed(DrawnCall call, int millis) {
    String what = call.wrong().isEmpty() ? NO_ANSWER : call.wrong();
    Map<String, List<Example>> kinds =
        failed.computeIfAbsent(call.operation().fullName(), none -> new HashMap<>());
    synchronized (kinds) {
      List<Example> kept =
          kinds.computeIfAbsent(ErrorKind.withoutValues(what), none -> new ArrayList<>());
      if (kept.size() == options.failed() && !call.trace().isEmpty()) {
        kept.stream()
            .filter(example -> example.trace().isEmpty())
            .findFirst()
            .ifPresent(kept::remove);
      }
      if (kept.size() < options.failed()) {
        kept.add(example(call, millis, what));
      }
    }
  }

  /** Returns when a call that ends now was sent. */
  private long sentMillis(int millis) {
    return Math.max(0, time.millis() - millis);
  }

  private Example example(DrawnCall call, int millis, String wrong) {
    String answer = wrong.isEmpty() ? "" : beginning(call.answer());
    return new Example(
        sentMillis(millis) / 1000.0,
        call.operation().fullName(),
        Redaction.of(call.operation().method() + " " + call.url(), secrets.get()),
        millis,
        wrong,
        answer,
        call.trace(),
        call.trace().isEmpty()
            ? ""
            : options.traceLink().replace(ExampleOptions.TRACE, call.trace()));
  }

  private String beginning(byte[] answer) {
    if (options.answerCharacters() == 0) {
      return "";
    }
    int looked = Math.min(answer.length, LOOKED_AT);
    String text = new String(answer, 0, looked, StandardCharsets.UTF_8);
    String clean = Redaction.of(text, secrets.get()).strip();
    return clean.length() <= options.answerCharacters()
        ? clean
        : clean.substring(0, options.answerCharacters()) + "…";
  }

  /** Returns the failed calls first, then the slowest of each service. */
  public List<Example> all() {
    List<Example> all = new ArrayList<>();
    for (Map<String, List<Example>> kinds : failed.values()) {
      synchronized (kinds) {
        kinds.values().forEach(all::addAll);
      }
    }
    for (Slowest one : slowest.values()) {
      synchronized (one) {
        all.addAll(one.calls);
      }
    }
    return Example.inOrder(all);
  }
}
