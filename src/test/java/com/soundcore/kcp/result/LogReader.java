package com.soundcore.kcp.result;

import com.soundcore.kcp.run.ErrorKind;
import com.soundcore.kcp.run.LogException;
import com.soundcore.kcp.run.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Streams a {@code simulation.log} of Gatling {@value #VERSION}. The format is binary, private and
 * changes with each version, so logs of other versions are refused.
 */
public final class LogReader implements AutoCloseable {
  /** The only supported version of Gatling. */
  public static final String VERSION = "3.15.1";

  private static final int MOST_SCENARIOS = 10_000;
  // A system may send a different message for each call. Beyond this count, messages of one kind
  // count as the first of that kind.
  private static final int MOST_TEXTS = 10_000;
  private static final int DEEPEST_GROUP = 100;

  private final Path log;
  private final CRC32C sum = new CRC32C();
  private final InputStream stream;
  private final LogInput in;
  private final List<String> texts = new ArrayList<>(List.of(""));
  private final Map<List<Object>, Integer> kinds = new HashMap<>();
  private int[] firstOfKind = new int[0];
  private LogHeader header;
  private boolean cut;

  private LogReader(Path log) throws IOException {
    this.log = log;
    this.stream = new CheckedInputStream(Files.newInputStream(log), sum);
    this.in = new LogInput(stream);
  }

  /**
   * Reads a log to its end, or to the point where its writer was stopped.
   *
   * @throws LogException if it is of another version, corrupt or no log
   */
  public static LogReader read(Path log, Function<LogReader, LogVisitor> visitor) {
    try (LogReader reader = open(log)) {
      LogVisitor all = visitor.apply(reader);
      while (reader.next(all)) {
        // the visitor has seen it
      }
      return reader;
    }
  }

  /**
   * Returns whether a log has its first record. An injector that is killed early leaves an empty
   * file.
   */
  public static boolean hasBegun(Path log) {
    try (LogReader reader = new LogReader(log)) {
      reader.readHeader();
      return true;
    } catch (LogInput.Cut nothing) {
      return false;
    } catch (NoSuchFileException e) {
      throw missing(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns whether a log is of the given run. Gatling writes the first record with the first 8 KiB
   * of a run; until then, and if the log cannot be read, it is of no run.
   *
   * @param id the ID of the run
   */
  public static boolean isOf(String id, Path log) {
    try {
      return header(log).scenarios().contains(LogHeader.mark(id));
    } catch (LogException | UncheckedIOException unreadable) {
      return false;
    }
  }

  /** Reads only the header. */
  static LogHeader header(Path log) {
    try (LogReader reader = open(log)) {
      return reader.header();
    }
  }

  /** Opens a log to read it record by record, and reads its header. */
  static LogReader open(Path log) {
    try {
      LogReader reader = new LogReader(log);
      try {
        reader.readHeader();
        return reader;
      } catch (LogInput.Cut e) {
        reader.close();
        throw new LogException(log + " ends within its first record; nothing was measured.");
      } catch (IOException | RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw missing(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LogException missing(Path log) {
    return new LogException(log + " is missing; it is what Gatling writes of a run.");
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LogHeader header() {
    return header;
  }

  /** Returns the text of a name or message number. */
  public String text(int number) {
    return texts.get(number);
  }

  /** Returns whether the run left a checksum of the log. */
  boolean isSealed() {
    return LogSeal.isThere(log);
  }

  /** Returns whether the log ends within a record because the generator was killed. */
  public boolean isCut() {
    return cut;
  }

  private void readHeader() throws IOException {
    if (in.readByte() != 0) {
      throw in.corrupt("it does not begin with a run");
    }
    String version = in.readString();
    if (!version.equals(VERSION)) {
      throw new LogException(
          "The log was written by Gatling %s; this suite reads those of %s only."
              .formatted(version.length() > 40 ? "?" : PlainText.of(version), VERSION));
    }
    String simulation = PlainText.of(in.readString());
    long start = in.readLong();
    String description = PlainText.of(in.readString());
    int scenarios = in.readInt();
    if (scenarios < 0 || scenarios > MOST_SCENARIOS) {
      throw in.corrupt("it has " + scenarios + " scenarios");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < scenarios; i++) {
      names.add(PlainText.of(in.readString()));
    }
    int count = in.readInt();
    if (count < 0 || count > MOST_SCENARIOS) {
      throw in.corrupt("it has " + count + " assertions");
    }
    List<byte[]> assertions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      assertions.add(in.readBytes(in.readInt()));
    }
    header = new LogHeader(simulation, start, List.copyOf(names), description, assertions);
  }

  /**
   * Reads the next record.
   *
   * @return false if no complete record is left
   * @throws LogException if the record is corrupt, or if the log has changed since its run
   */
  boolean next(LogVisitor visitor) {
    try {
      if (cut) {
        return false;
      }
      if (!in.hasMore()) {
        LogSeal.check(log, sum);
        return false;
      }
      int kind = in.readByte();
      switch (kind) {
        case 1 -> request(visitor);
        case 2 -> visitor.user(in.readInt(), in.readBoolean(), in.readInt());
        case 3 -> group(visitor);
        case 4 -> visitor.error(message(), in.readInt());
        default -> throw in.corrupt("a record's kind was " + kind);
      }
      return true;
    } catch (LogInput.Cut e) {
      return ended();
    } catch (LogException corrupt) {
      if (endsInZeros()) {
        return ended();
      }
      throw corrupt;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ended() {
    cut = true;
    LogSeal.check(log, sum);
    return false;
  }

  /**
   * Returns whether only zeros follow. After a power cut a file may have its full length while its
   * last blocks are missing.
   */
  private boolean endsInZeros() {
    try {
      return in.restIsZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void request(LogVisitor visitor) throws IOException {
    int group = groups();
    int name = cached();
    int start = in.readInt();
    int end = in.readInt();
    boolean ok = in.readBoolean();
    visitor.request(group, name, start, end, ok, message());
  }

  private void group(LogVisitor visitor) throws IOException {
    int group = groups();
    visitor.group(group, in.readInt(), in.readInt(), in.readInt(), in.readBoolean());
  }

  private int groups() throws IOException {
    int depth = in.readInt();
    if (depth < 0 || depth > DEEPEST_GROUP) {
      throw in.corrupt("a request is in " + depth + " groups");
    }
    int innermost = 0;
    for (int i = 0; i < depth; i++) {
      innermost = cached();
    }
    return innermost;
  }

  private int message() throws IOException {
    int number = cached();
    if (number <= MOST_TEXTS) {
      return number;
    }
    int index = number - MOST_TEXTS - 1;
    if (index >= firstOfKind.length) {
      firstOfKind = Arrays.copyOf(firstOfKind, Math.max(MOST_TEXTS, 2 * index));
    }
    if (firstOfKind[index] == 0) {
      String text = texts.get(number);
      List<Object> kind =
          List.of(ErrorKind.of(text), ErrorKind.faultOf(text), ErrorKind.statusOf(text));
      firstOfKind[index] = kinds.computeIfAbsent(kind, none -> number);
      texts.set(number, texts.get(firstOfKind[index]));
    }
    return firstOfKind[index];
  }

  private int cached() throws IOException {
    int number = in.readInt();
    if (number > 0) {
      if (number != texts.size()) {
        throw in.corrupt("text " + number + " came out of turn");
      }
      texts.add(PlainText.of(in.readString()));
      return number;
    }
    if (number == 0 || number == Integer.MIN_VALUE || -number >= texts.size()) {
      throw in.corrupt("text " + number + " was never defined");
    }
    return -number;
  }
}
