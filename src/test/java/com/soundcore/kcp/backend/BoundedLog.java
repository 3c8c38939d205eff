package com.soundcore.kcp.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest rows of something that goes on for ever. */
final class BoundedLog<T> {
  private final Deque<T> rows = new ArrayDeque<>();
  private final int max;

  BoundedLog(int max) {
    this.max = max;
  }

  synchronized void add(T row) {
    rows.addFirst(row);
    if (rows.size() > max) {
      rows.removeLast();
    }
  }

  synchronized List<T> newest(long skip, int count) {
    return rows.stream().skip(skip).limit(count).toList();
  }

  synchronized int total() {
    return rows.size();
  }
}
