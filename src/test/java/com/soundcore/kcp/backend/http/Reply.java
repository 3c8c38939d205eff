package com.soundcore.kcp.backend.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An answer.
 *
 * @param length of the body; the array may be longer
 * @param location target of a redirect
 */
public record Reply(
    int status, String contentType, byte[] body, int length, Optional<String> location) {
  public Reply(int status, String contentType, byte[] body, int length) {
    this(status, contentType, body, length, Optional.empty());
  }

  private static final int ROW_BYTES = 160;
  private static final String JSON = "application/json";

  public static Reply json(int status, byte[] body) {
    return new Reply(status, JSON, body, body.length);
  }

  public static Reply ok(Object value) {
    return json(200, Json.bytes(value));
  }

  public static Reply ok(JsonBuffer buffer) {
    return new Reply(200, JSON, buffer.array(), buffer.length());
  }

  /** Returns {@code {"<name>":[…],"total":n}}. */
  public static <T> Reply list(String name, List<SerializedRow<T>> rows, int total) {
    JsonBuffer out = new JsonBuffer(64 + rows.size() * ROW_BYTES);
    out.add("{\"").add(name).add("\":[").list(rows, SerializedRow::writeTo);
    return ok(out.add("],\"total\":").add(total).add('}'));
  }

  public static Reply empty(int status) {
    return new Reply(status, JSON, new byte[0], 0);
  }

  /** Returns a redirect that keeps the request's method. */
  public static Reply redirect(String location) {
    return new Reply(307, JSON, new byte[0], 0, Optional.of(location));
  }

  public static Reply detail(int status, Object detail) {
    return json(status, Json.bytes(new Detail(detail)));
  }

  static Reply text(String contentType, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Reply(200, contentType, body, body.length);
  }

  private record Detail(Object detail) {}
}
