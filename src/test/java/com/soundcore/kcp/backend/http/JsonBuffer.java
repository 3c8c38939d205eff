package com.soundcore.kcp.backend.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing row of bytes: lists are put together from rows that are JSON already. */
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
    return add(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  public JsonBuffer add(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  public JsonBuffer add(long number) {
    return add(Long.toString(number));
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
