package com.soundcore.kcp.result;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a run's model: "KCPM", a version, and compressed records. A record is a byte for its kind,
 * then numbers of variable length. A checksum of all records ends the file.
 */
final class ModelOutput implements AutoCloseable {
  static final int MAGIC = 0x4b43504d;
  static final int VERSION = 1;
  static final int END = 0;
  static final int CALL = 1;
  static final int SECOND = 2;
  static final int FILE = 3;

  private static final int BUFFER = 1 << 16;

  private final CRC32C sum = new CRC32C();
  private final DataOutputStream out;
  private int callsWritten;

  ModelOutput(Path file) throws IOException {
    OutputStream stream = Files.newOutputStream(file);
    DataOutputStream plain = new DataOutputStream(stream);
    plain.writeInt(MAGIC);
    plain.writeByte(VERSION);
    out =
        new DataOutputStream(
            new BufferedOutputStream(
                new CheckedOutputStream(new GZIPOutputStream(stream, BUFFER), sum), BUFFER));
  }

  void second(SecondCounts second, SecondCounts.Calls calls) {
    try {
      for (; callsWritten < calls.size(); callsWritten++) {
        out.writeByte(CALL);
        text(calls.get(callsWritten).service());
        text(calls.get(callsWritten).request());
      }
      out.writeByte(SECOND);
      number(second.second());
      number(second.started());
      number(second.ended());
      long[] keys = second.sortedKeys();
      number(keys.length);
      long before = 0;
      for (long key : keys) {
        number(key - before);
        number(second.count(key));
        before = key;
      }
      number(second.errors().size());
      for (var error : second.errors().entrySet()) {
        number(error.getKey().call());
        text(error.getKey().message());
        number(error.getKey().second());
        out.writeInt(error.getValue().firstMs());
        number(error.getValue().count());
      }
      number(second.generatorErrors().size());
      for (var error : second.generatorErrors().entrySet()) {
        text(error.getKey());
        number(error.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void file(String name, byte[] content) throws IOException {
    out.writeByte(FILE);
    text(name);
    number(content.length);
    out.write(content);
  }

  void end(RunSource source) throws IOException {
    out.writeByte(END);
    text(source.simulation());
    out.writeLong(source.startedAtMs());
    out.writeBoolean(source.cut());
    out.writeBoolean(source.sealed());
    out.flush();
    out.writeLong(sum.getValue());
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    out.write(bytes);
  }

  /** Writes seven bits per byte, the lowest first. */
  private void number(long number) throws IOException {
    long rest = number;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.writeByte((int) (rest & 0x7f | 0x80));
    }
    out.writeByte((int) rest);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
