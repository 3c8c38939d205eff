package com.soundcore.kcp.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Writes the logs of several injectors as one, in order of time, shifted to the earliest start. A
 * record of each is held at a time: memory does not grow with the logs.
 */
public final class LogMerge {
  /** A log that is read, and its next record. */
  private static final class Source implements LogReader.Visitor, AutoCloseable {
    private final LogReader log;
    private final int shiftMs;
    private final Timeline arrivals = new Timeline();
    private int atMs;
    private Consumer<LogWriter> record;

    Source(LogReader log, int shiftMs) {
      this.log = log;
      this.shiftMs = shiftMs;
    }

    boolean advance() {
      return log.next(this);
    }

    @Override
    public void user(int scenario, boolean start, int at) {
      arrivals.user(at / 1000, start);
      atMs = at + shiftMs;
      int time = atMs;
      record = out -> out.user(scenario, start, time);
    }

    @Override
    public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
      atMs = endMs + shiftMs;
      record =
          out ->
              out.requestAlone(
                  log.text(group),
                  log.text(name),
                  startMs + shiftMs,
                  endMs + shiftMs,
                  ok,
                  log.text(message));
    }

    @Override
    public void group(int group, int startMs, int endMs, int cumulatedMs, boolean ok) {
      atMs = endMs + shiftMs;
      record =
          out -> out.group(log.text(group), startMs + shiftMs, endMs + shiftMs, cumulatedMs, ok);
    }

    @Override
    public void error(int message, int at) {
      atMs = at + shiftMs;
      int time = atMs;
      record = out -> out.error(log.text(message), time);
    }

    @Override
    public void close() {
      log.close();
    }
  }

  private LogMerge() {}

  /**
   * Merges.
   *
   * @return the arrivals of each log, by the seconds of its own injector
   * @throws LogException where they are of different tests
   */
  public static List<Timeline> merge(List<Path> logs, Path into) {
    List<LogReader> readers = new ArrayList<>();
    try {
      logs.forEach(log -> readers.add(LogReader.open(log)));
      LogReader.Header first = readers.get(0).header();
      for (int i = 1; i < readers.size(); i++) {
        sameTest(logs.get(0), first, logs.get(i), readers.get(i).header());
      }
      long start = readers.stream().mapToLong(log -> log.header().startMs()).min().orElseThrow();
      LogReader.Header header =
          new LogReader.Header(
              first.simulation(),
              start,
              first.scenarios(),
              first.description(),
              first.assertions());
      try (LogWriter out = new LogWriter(into, LogReader.VERSION, header)) {
        return write(readers, start, out);
      }
    } finally {
      readers.forEach(LogReader::close);
    }
  }

  private static List<Timeline> write(List<LogReader> readers, long start, LogWriter out) {
    List<Timeline> arrivals = new ArrayList<>();
    PriorityQueue<Source> next = new PriorityQueue<>(Comparator.comparingInt(s -> s.atMs));
    for (LogReader reader : readers) {
      Source source = new Source(reader, (int) (reader.header().startMs() - start));
      arrivals.add(source.arrivals);
      if (source.advance()) {
        next.add(source);
      }
    }
    while (!next.isEmpty()) {
      Source source = next.poll();
      source.record.accept(out);
      if (source.advance()) {
        next.add(source);
      }
    }
    return arrivals;
  }

  private static void sameTest(
      Path one, LogReader.Header first, Path other, LogReader.Header second) {
    if (!first.simulation().equals(second.simulation())
        || !first.scenarios().equals(second.scenarios())) {
      throw new LogException(
          "%s is of %s (%s), %s of %s (%s); only logs of one test can be merged."
              .formatted(
                  one,
                  first.simulation(),
                  String.join(", ", first.scenarios()),
                  other,
                  second.simulation(),
                  String.join(", ", second.scenarios())));
    }
  }
}
