package com.soundcore.kcp.result;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Writes a {@code simulation.log} as Gatling {@value LogReader#VERSION} does. */
public final class LogWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final Map<String, Integer> texts = new HashMap<>();

  /**
   * Starts a log.
   *
   * @param version of Gatling
   */
  public LogWriter(Path log, String version, LogHeader header) {
    try {
      out = Files.newOutputStream(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flag(false);
    text(version);
    text(header.simulation());
    room(Long.BYTES).putLong(header.startMs());
    text(header.description());
    number(header.scenarios().size());
    header.scenarios().forEach(this::text);
    number(header.assertions().size());
    for (byte[] assertion : header.assertions()) {
      number(assertion.length);
      bytes(assertion);
    }
  }

  public void user(int scenario, boolean start, int atMs) {
    kind(2);
    number(scenario);
    flag(start);
    number(atMs);
  }

  /** Writes a request in its service's group, and the group's record. */
  public void request(
      String service, String name, int startMs, int endMs, boolean ok, String message) {
    requestAlone(service, name, startMs, endMs, ok, message);
    group(service, startMs, endMs, endMs - startMs, ok);
  }

  /** Writes a request without the group's record; an empty service means no group. */
  void requestAlone(
      String service, String name, int startMs, int endMs, boolean ok, String message) {
    kind(1);
    group(service);
    cached(name);
    number(startMs);
    number(endMs);
    flag(ok);
    cached(message);
  }

  void group(String service, int startMs, int endMs, int cumulatedMs, boolean ok) {
    kind(3);
    group(service);
    number(startMs);
    number(endMs);
    number(cumulatedMs);
    flag(ok);
  }

  void error(String message, int atMs) {
    kind(4);
    cached(message);
    number(atMs);
  }

  @Override
  public void close() {
    flush();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the number of groups and their names. */
  private void group(String service) {
    number(service.isEmpty() ? 0 : 1);
    if (!service.isEmpty()) {
      cached(service);
    }
  }

  private void cached(String text) {
    Integer known = texts.get(text);
    if (known != null) {
      number(-known);
      return;
    }
    texts.put(text, texts.size() + 1);
    number(texts.size());
    text(text);
  }

  private void text(String text) {
    boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
    byte[] bytes = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : LogInput.UTF_16);
    number(bytes.length);
    if (bytes.length > 0) {
      bytes(bytes);
      flag(!latin);
    }
  }

  private void kind(int kind) {
    room(1).put((byte) kind);
  }

  private void flag(boolean flag) {
    room(1).put((byte) (flag ? 1 : 0));
  }

  private void number(int number) {
    room(Integer.BYTES).putInt(number);
  }

  private void bytes(byte[] bytes) {
    for (int at = 0; at < bytes.length; ) {
      int some = Math.min(bytes.length - at, BUFFER);
      room(some).put(bytes, at, some);
      at += some;
    }
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    try {
      out.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
