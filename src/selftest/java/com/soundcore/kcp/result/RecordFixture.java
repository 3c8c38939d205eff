package com.soundcore.kcp.result;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The records of a log in words. */
final class RecordFixture implements LogVisitor {
  private final LogReader log;
  private final List<String> seen = new ArrayList<>();

  private RecordFixture(LogReader log) {
    this.log = log;
  }

  static List<String> of(Path file) {
    RecordFixture[] records = new RecordFixture[1];
    LogReader.read(file, log -> records[0] = new RecordFixture(log));
    return records[0].seen;
  }

  @Override
  public void user(int scenario, boolean start, int atMs) {
    seen.add("user %d %s %d".formatted(scenario, start, atMs));
  }

  @Override
  public void request(int group, int name, int startMs, int endMs, boolean ok, int message) {
    seen.add(
        "request %s/%s %d-%d %s '%s'"
            .formatted(log.text(group), log.text(name), startMs, endMs, ok, log.text(message)));
  }

  @Override
  public void group(int group, int startMs, int endMs, int cumulatedMs, boolean ok) {
    seen.add("group %s %d-%d %d %s".formatted(log.text(group), startMs, endMs, cumulatedMs, ok));
  }

  @Override
  public void error(int message, int atMs) {
    seen.add("error %s %d".formatted(log.text(message), atMs));
  }
}
