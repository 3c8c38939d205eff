package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/** Reads a run's model second by second; rejects impossible lengths. */
final class ModelInput implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  // A log's times are milliseconds in 32 bits.
  private static final int LAST_SECOND = Integer.MAX_VALUE / 1000;
  private static final int LONGEST_TEXT = 1 << 16;
  private static final int LARGEST_FILE = 1 << 28;

  /** Computes the checksum of all bytes read so far. */
  private static final class Summed extends InputStream {
    private final InputStream in;
    private final CRC32C sum = new CRC32C();

    Summed(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      if (value >= 0) {
        sum.update(value);
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        sum.update(bytes, offset, read);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private final Path model;
  private final Summed summed;
  private final DataInputStream in;
  private final SecondCounts.Calls calls;
  private final List<Integer> numbers = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private RunSource source;

  private ModelInput(Path model, InputStream stream, SecondCounts.Calls calls) throws IOException {
    this.model = model;
    this.calls = calls;
    DataInputStream plain = new DataInputStream(stream);
    if (plain.readInt() != ModelOutput.MAGIC) {
      throw broken("it is no model of a run");
    }
    int version = plain.readByte();
    if (version != ModelOutput.VERSION) {
      throw new LogException(
          "%s has version %d; this suite reads models of version %d. Use the same version of the suite on every injector."
              .formatted(model, version, ModelOutput.VERSION));
    }
    summed = new Summed(new BufferedInputStream(new GZIPInputStream(stream, BUFFER), BUFFER));
    in = new DataInputStream(summed);
  }

  /**
   * @param calls receives the operations and numbers them
   */
  static ModelInput open(Path model, SecondCounts.Calls calls) {
    try {
      InputStream stream = Files.newInputStream(model);
      try {
        return new ModelInput(model, stream, calls);
      } catch (IOException | RuntimeException e) {
        stream.close();
        throw e;
      }
    } catch (IOException e) {
      throw broken(model, e.toString());
    }
  }

  private LogException broken(String why) {
    return broken(model, why);
  }

  private static LogException broken(Path model, String why) {
    return new LogException(
        "%s is not what its injector wrote: %s. Copy it again, whole.".formatted(model, why));
  }

  /**
   * Reads the next second; returns null at the end, after it has verified the checksum.
   *
   * @throws LogException if the model is incomplete or corrupt
   */
  SecondCounts next() {
    try {
      while (source == null) {
        int kind = in.readByte();
        switch (kind) {
          case ModelOutput.CALL -> numbers.add(calls.number(new CountVisitor.Call(text(), text())));
          case ModelOutput.SECOND -> {
            return second();
          }
          case ModelOutput.FILE -> files.put(text(), bytes(LARGEST_FILE));
          case ModelOutput.END -> end();
          default -> throw broken("a record's kind was " + kind);
        }
      }
      return null;
    } catch (IOException | ArithmeticException e) {
      throw broken(e.toString());
    }
  }

  private SecondCounts second() throws IOException {
    int at = count();
    if (at > LAST_SECOND) {
      throw broken("a second was " + at);
    }
    SecondCounts second = new SecondCounts(at);
    second.users(count(), count());
    long key = 0;
    for (int i = count(); i > 0; i--) {
      key += number();
      if (SecondCounts.start(at, key) < 0) {
        throw broken("a call started before the load");
      }
      second.add(SecondCounts.renumbered(key, call(SecondCounts.callOf(key))), positive());
    }
    for (int i = count(); i > 0; i--) {
      SecondCounts.ErrorKey error = new SecondCounts.ErrorKey(call(count()), text(), count());
      second.error(error, new SecondCounts.ErrorCount(in.readInt(), positive()));
    }
    for (int i = count(); i > 0; i--) {
      second.generatorError(text(), positive());
    }
    return second;
  }

  private int call(int number) {
    if (number >= numbers.size()) {
      throw broken("call " + number + " was never named");
    }
    return numbers.get(number);
  }

  private void end() throws IOException {
    RunSource read = new RunSource(text(), in.readLong(), in.readBoolean(), in.readBoolean());
    long sum = summed.sum.getValue();
    if (in.readLong() != sum) {
      throw broken("its checksum is wrong");
    }
    if (in.read() >= 0) {
      throw broken("something follows its end");
    }
    source = read;
  }

  private int count() throws IOException {
    long number = number();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw broken("a number was " + number);
    }
    return (int) number;
  }

  private int positive() throws IOException {
    int count = count();
    if (count == 0) {
      throw broken("a count was 0");
    }
    return count;
  }

  private long number() throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int some = in.readByte();
      number |= (long) (some & 0x7f) << shift;
      if (some >= 0) {
        return number;
      }
    }
    throw broken("a number has no end");
  }

  private String text() throws IOException {
    return new String(bytes(LONGEST_TEXT), StandardCharsets.UTF_8);
  }

  private byte[] bytes(int most) throws IOException {
    int length = count();
    if (length > most) {
      throw broken("a length was " + length);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw broken("it ends early");
    }
    return bytes;
  }

  /** Returns the source's properties; null before the end. */
  RunSource source() {
    return source;
  }

  /** Returns the files in the model; complete at the end. */
  Map<String, byte[]> files() {
    return files;
  }

  /**
   * Adds up several models, second by second.
   *
   * @param parts models that number their operations in one {@link SecondCounts.Calls}
   * @return the arrivals of each part
   */
  static List<Timeline> addUp(List<ModelInput> parts, Consumer<SecondCounts> whole) {
    List<SecondCounts> next = new ArrayList<>();
    List<Timeline> arrivals = new ArrayList<>();
    for (ModelInput part : parts) {
      next.add(part.next());
      arrivals.add(new Timeline());
    }
    while (next.stream().anyMatch(second -> second != null)) {
      int at =
          next.stream()
              .filter(second -> second != null)
              .mapToInt(SecondCounts::second)
              .min()
              .orElseThrow();
      SecondCounts sum = new SecondCounts(at);
      for (int i = 0; i < parts.size(); i++) {
        SecondCounts of = next.get(i);
        if (of != null && of.second() == at) {
          sum.add(of);
          arrivals.get(i).users(at, of.started(), of.ended());
          next.set(i, parts.get(i).next());
        }
      }
      whole.accept(sum);
    }
    return arrivals;
  }

  /** Returns the common source of several models that have been read to their end. */
  static RunSource together(List<ModelInput> parts) {
    RunSource first = parts.get(0).source;
    for (ModelInput part : parts) {
      if (!part.source.simulation().equals(first.simulation())
          || part.source.startedAtMs() != first.startedAtMs()) {
        throw new LogException(
            "%s is of %s, started at %d, and %s of %s, started at %d; only models of one run add up."
                .formatted(
                    parts.get(0).model,
                    first.simulation(),
                    first.startedAtMs(),
                    part.model,
                    part.source.simulation(),
                    part.source.startedAtMs()));
      }
    }
    return new RunSource(
        first.simulation(),
        first.startedAtMs(),
        parts.stream().anyMatch(part -> part.source.cut()),
        parts.stream().allMatch(part -> part.source.sealed()));
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
