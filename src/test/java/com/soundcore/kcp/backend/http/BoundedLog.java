package com.soundcore.kcp.backend.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest rows of an endless log. */
public final class BoundedLog<T> {
  private final Deque<T> rows = new ArrayDeque<>();
  private final int max;

  public BoundedLog(int max) {
    this.max = max;
  }

  public synchronized void add(T row) {
    rows.addFirst(row);
    if (rows.size() > max) {
      rows.removeLast();
    }
  }

  public synchronized List<T> newest(long skip, int count) {
    return rows.stream().skip(skip).limit(count).toList();
  }

  public synchronized int total() {
    return rows.size();
  }
}
