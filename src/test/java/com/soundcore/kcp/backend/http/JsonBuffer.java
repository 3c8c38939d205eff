package com.soundcore.kcp.backend.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Growing byte buffer that assembles lists from rows that are already JSON. */
public final class JsonBuffer {
  private byte[] bytes;
  private int length;

  public JsonBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  public JsonBuffer add(byte[] more) {
    return add(more, more.length);
  }

  public JsonBuffer add(byte[] more, int count) {
    ensure(count);
    System.arraycopy(more, 0, bytes, length, count);
    length += count;
    return this;
  }

  public JsonBuffer add(String ascii) {
    int count = ascii.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) ascii.charAt(i);
    }
    length += count;
    return this;
  }

  public JsonBuffer add(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  public JsonBuffer add(long number) {
    if (number < 0) {
      return add(Long.toString(number));
    }
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    ensure(digits);
    length += digits;
    int place = length;
    long rest = number;
    do {
      bytes[--place] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return this;
  }

  public JsonBuffer add(double number) {
    return add(Double.toString(number));
  }

  /** Adds a text in quotes, escaped. */
  public JsonBuffer quoted(String text) {
    return add('"').add(JsonStringEncoder.getInstance().quoteAsUTF8(text)).add('"');
  }

  /** Adds values, separated by commas. */
  public <T> JsonBuffer list(List<T> values, BiConsumer<T, JsonBuffer> writer) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        add(',');
      }
      writer.accept(values.get(i), this);
    }
    return this;
  }

  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
