package com.soundcore.kcp.backend.http;

/**
 * An immutable row with its JSON, which is built on first use. A changed row is a new object, so
 * its JSON is never out of date.
 */
public final class SerializedRow<T> {
  private final T value;
  private volatile byte[] json;

  public SerializedRow(T value) {
    this.value = value;
  }

  public T value() {
    return value;
  }

  /** Returns the row as JSON. The array must not be modified. */
  public byte[] json() {
    byte[] built = json;
    if (built == null) {
      built = Json.bytes(value);
      json = built;
    }
    return built;
  }

  /** Adds the row's JSON to an answer. */
  public void writeTo(JsonBuffer out) {
    out.add(json());
  }

  /** Returns an answer with only this row. */
  public Reply reply(int status) {
    return Reply.json(status, json());
  }
}
