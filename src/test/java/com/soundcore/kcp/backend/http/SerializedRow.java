package com.soundcore.kcp.backend.http;

/**
 * A row that does not change, with its JSON, which is built when first needed. A changed row is a
 * new one, so no JSON is ever out of date.
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

  /** Returns the row as JSON; not to be written to. */
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

  /** Returns an answer with the row alone. */
  public Reply reply(int status) {
    return Reply.json(status, json());
  }
}
