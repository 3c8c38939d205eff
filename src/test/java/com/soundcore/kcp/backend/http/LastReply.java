package com.soundcore.kcp.backend.http;

/** The JSON of the last answered value. It is rebuilt only for a different value. */
public final class LastReply<T> {
  private volatile SerializedRow<T> last;

  /** Returns the answer with this value. */
  public Reply of(T value) {
    return rowOf(value).reply(200);
  }

  /** Returns this value with its JSON. */
  public SerializedRow<T> rowOf(T value) {
    SerializedRow<T> row = last;
    if (row == null || !row.value().equals(value)) {
      row = new SerializedRow<>(value);
      last = row;
    }
    return row;
  }
}
