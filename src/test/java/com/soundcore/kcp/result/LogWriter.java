package com.soundcore.kcp.result;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a {@code simulation.log} as Gatling {@value LogReader#VERSION} does. */
public final class LogWriter implements AutoCloseable {
  private final DataOutputStream out;
  private final Map<String, Integer> texts = new HashMap<>();

  /**
   * Starts a log.
   *
   * @param version Gatling's
   */
  public LogWriter(Path log, String version, LogReader.Header header) {
    try {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(log)));
      out.writeByte(0);
      text(version);
      text(header.simulation());
      out.writeLong(header.startMs());
      text(header.description());
      out.writeInt(header.scenarios().size());
      for (String scenario : header.scenarios()) {
        text(scenario);
      }
      out.writeInt(header.assertions().size());
      for (byte[] assertion : header.assertions()) {
        out.writeInt(assertion.length);
        out.write(assertion);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void user(int scenario, boolean start, int atMs) {
    write(
        () -> {
          out.writeByte(2);
          out.writeInt(scenario);
          out.writeBoolean(start);
          out.writeInt(atMs);
        });
  }

  /** A request in its service's group, with the group's own record. */
  public void request(
      String service, String name, int startMs, int endMs, boolean ok, String message) {
    requestAlone(service, name, startMs, endMs, ok, message);
    group(service, startMs, endMs, endMs - startMs, ok);
  }

  /** A request whose group ends elsewhere; an empty service stands for no group. */
  void requestAlone(
      String service, String name, int startMs, int endMs, boolean ok, String message) {
    write(
        () -> {
          out.writeByte(1);
          groups(service.isEmpty() ? List.of() : List.of(service));
          cached(name);
          out.writeInt(startMs);
          out.writeInt(endMs);
          out.writeBoolean(ok);
          cached(message);
        });
  }

  void group(String service, int startMs, int endMs, int cumulatedMs, boolean ok) {
    write(
        () -> {
          out.writeByte(3);
          groups(List.of(service));
          out.writeInt(startMs);
          out.writeInt(endMs);
          out.writeInt(cumulatedMs);
          out.writeBoolean(ok);
        });
  }

  void error(String message, int atMs) {
    write(
        () -> {
          out.writeByte(4);
          cached(message);
          out.writeInt(atMs);
        });
  }

  @Override
  public void close() {
    write(out::close);
  }

  private void groups(List<String> groups) throws IOException {
    out.writeInt(groups.size());
    for (String group : groups) {
      cached(group);
    }
  }

  private void cached(String text) throws IOException {
    Integer known = texts.get(text);
    if (known != null) {
      out.writeInt(-known);
      return;
    }
    texts.put(text, texts.size() + 1);
    out.writeInt(texts.size());
    text(text);
  }

  private void text(String text) throws IOException {
    boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
    byte[] bytes = text.getBytes(latin ? StandardCharsets.ISO_8859_1 : LogInput.UTF_16);
    out.writeInt(bytes.length);
    if (bytes.length > 0) {
      out.write(bytes);
      out.writeByte(latin ? 0 : 1);
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
