package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges the logs of several injectors into one, ordered by time and shifted to the earliest start.
 * Memory holds one record per log, so it does not grow with the logs.
 */
public final class LogMerge {
  private enum Kind {
    USER,
    REQUEST,
    GROUP,
    ERROR
  }

  /**
   * A log and its next record. The record's fields are reused, which saves an allocation per
   * record.
   */
  private static final class Source implements LogVisitor {
    private final LogReader log;
    private final int shiftMs;
    private Kind kind;
    private int atMs;
    private int startMs;
    private int number;
    private int group;
    private int cumulatedMs;
    private int message;
    private boolean flag;

    Source(LogReader log, int shiftMs) {
      this.log = log;
      this.shiftMs = shiftMs;
    }

    boolean advance() {
      return log.next(this);
    }

    void writeTo(LogWriter out) {
      switch (kind) {
        case USER -> out.user(number, flag, atMs);
        case REQUEST ->
            out.requestAlone(
                log.text(group), log.text(number), startMs, atMs, flag, log.text(message));
        case GROUP -> out.group(log.text(group), startMs, atMs, cumulatedMs, flag);
        default -> out.error(log.text(message), atMs);
      }
    }

    @Override
    public void user(int scenario, boolean start, int at) {
      kind = Kind.USER;
      number = scenario;
      flag = start;
      atMs = at + shiftMs;
    }

    @Override
    public void request(int ofGroup, int name, int start, int end, boolean ok, int error) {
      kind = Kind.REQUEST;
      group = ofGroup;
      number = name;
      startMs = start + shiftMs;
      atMs = end + shiftMs;
      flag = ok;
      message = error;
    }

    @Override
    public void group(int ofGroup, int start, int end, int cumulated, boolean ok) {
      kind = Kind.GROUP;
      group = ofGroup;
      startMs = start + shiftMs;
      atMs = end + shiftMs;
      cumulatedMs = cumulated;
      flag = ok;
    }

    @Override
    public void error(int text, int at) {
      kind = Kind.ERROR;
      message = text;
      atMs = at + shiftMs;
    }
  }

  private LogMerge() {}

  /**
   * Merges logs of one run.
   *
   * @throws LogException if the logs are of different tests
   */
  public static void merge(List<Path> logs, Path into) {
    List<LogReader> readers = new ArrayList<>();
    try {
      logs.forEach(log -> readers.add(LogReader.open(log)));
      LogHeader first = readers.get(0).header();
      for (int i = 1; i < readers.size(); i++) {
        sameTest(logs.get(0), first, logs.get(i), readers.get(i).header());
      }
      long start = readers.stream().mapToLong(log -> log.header().startMs()).min().orElseThrow();
      LogHeader header =
          new LogHeader(
              first.simulation(),
              start,
              first.scenarios(),
              first.description(),
              first.assertions());
      try (LogWriter out = new LogWriter(into, LogReader.VERSION, header)) {
        write(readers, start, out);
      }
    } finally {
      readers.forEach(LogReader::close);
    }
  }

  private static void write(List<LogReader> readers, long start, LogWriter out) {
    PriorityQueue<Source> next = new PriorityQueue<>(Comparator.comparingInt(s -> s.atMs));
    for (LogReader reader : readers) {
      Source source = new Source(reader, (int) (reader.header().startMs() - start));
      if (source.advance()) {
        next.add(source);
      }
    }
    while (!next.isEmpty()) {
      Source source = next.poll();
      source.writeTo(out);
      if (source.advance()) {
        next.add(source);
      }
    }
  }

  private static void sameTest(Path one, LogHeader first, Path other, LogHeader second) {
    if (!first.simulation().equals(second.simulation())
        || !first.unmarked().equals(second.unmarked())) {
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
