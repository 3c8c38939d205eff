package com.soundcore.kcp.backend;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing row of bytes: lists are put together from rows that are JSON already. */
final class JsonBuffer {
  private byte[] bytes;
  private int length;

  JsonBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  JsonBuffer add(byte[] more) {
    return add(more, more.length);
  }

  JsonBuffer add(byte[] more, int count) {
    ensure(count);
    System.arraycopy(more, 0, bytes, length, count);
    length += count;
    return this;
  }

  JsonBuffer add(String ascii) {
    return add(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  JsonBuffer add(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  JsonBuffer add(long number) {
    return add(Long.toString(number));
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
