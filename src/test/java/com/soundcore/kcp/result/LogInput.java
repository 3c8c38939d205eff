package com.soundcore.kcp.result;

import com.soundcore.kcp.run.LogException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Reads the log's primitive values, big-endian; rejects impossible lengths. */
final class LogInput {
  /** Thrown when the log ends within a record because its writer was stopped. */
  static final class Cut extends IOException {
    private static final long serialVersionUID = 1;
  }

  private static final int BUFFER = 1 << 16;
  // Gatling's buffer is 8 KiB and must hold a whole string.
  private static final int LONGEST = 1 << 16;
  static final Charset UTF_16 =
      ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
          ? StandardCharsets.UTF_16BE
          : StandardCharsets.UTF_16LE;

  private final InputStream stream;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;
  private long offset;

  LogInput(InputStream stream) {
    this.stream = stream;
  }

  /** Returns the number of bytes read so far. */
  long offset() {
    return offset + position;
  }

  /** Returns whether another byte follows. */
  boolean hasMore() throws IOException {
    return position < limit || fill();
  }

  /** Reads the rest, and returns whether it consists of zeros only. */
  boolean restIsZero() throws IOException {
    long from = offset();
    while (hasMore()) {
      if (buffer[position++] != 0) {
        return false;
      }
    }
    return offset() > from;
  }

  int readByte() throws IOException {
    if (position == limit && !fill()) {
      throw new Cut();
    }
    return buffer[position++];
  }

  boolean readBoolean() throws IOException {
    int value = readByte();
    if (value != 0 && value != 1) {
      throw corrupt("a flag was " + value);
    }
    return value == 1;
  }

  int readInt() throws IOException {
    if (limit - position >= Integer.BYTES) {
      byte[] b = buffer;
      int p = position;
      position = p + Integer.BYTES;
      return b[p] << 24 | (b[p + 1] & 0xff) << 16 | (b[p + 2] & 0xff) << 8 | b[p + 3] & 0xff;
    }
    return readByte() << 24
        | (readByte() & 0xff) << 16
        | (readByte() & 0xff) << 8
        | readByte() & 0xff;
  }

  long readLong() throws IOException {
    return (long) readInt() << 32 | readInt() & 0xffffffffL;
  }

  String readString() throws IOException {
    int length = readInt();
    if (length == 0) {
      return "";
    }
    byte[] bytes = readBytes(length);
    int coder = readByte();
    return switch (coder) {
      case 0 -> new String(bytes, StandardCharsets.ISO_8859_1);
      case 1 -> new String(bytes, UTF_16);
      default -> throw corrupt("a string's coder was " + coder);
    };
  }

  byte[] readBytes(int length) throws IOException {
    if (length < 0 || length > LONGEST) {
      throw corrupt("a length was " + length);
    }
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) readByte();
    }
    return bytes;
  }

  LogException corrupt(String what) {
    return new LogException(
        "The log is corrupt near byte %,d: %s. It must be a simulation.log as Gatling wrote it."
            .formatted(offset(), what));
  }

  private boolean fill() throws IOException {
    offset += limit;
    position = 0;
    limit = Math.max(0, stream.read(buffer));
    return limit > 0;
  }
}
