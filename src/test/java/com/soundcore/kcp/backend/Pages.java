package com.soundcore.kcp.backend;

import java.util.Collection;
import java.util.function.BiConsumer;

/** {@code {"items":[…],"total":n,"page":p,"page_size":s,"total_pages":t}}. */
final class Pages {
  private static final int ROW_BYTES = 900;

  private Pages() {}

  static <T> Reply reply(
      Collection<T> rows, int total, int page, int pageSize, BiConsumer<T, JsonBuffer> writer) {
    long totalPages = (total + pageSize - 1L) / pageSize;
    JsonBuffer out = new JsonBuffer(64 + Math.min(pageSize, total) * ROW_BYTES);
    out.add("{\"items\":[");
    if (page <= totalPages) {
      add(rows, (long) (page - 1) * pageSize, pageSize, writer, out);
    }
    out.add("],\"total\":").add(total).add(",\"page\":").add(page);
    out.add(",\"page_size\":").add(pageSize).add(",\"total_pages\":").add(totalPages).add('}');
    return Reply.ok(out);
  }

  static <T> void add(
      Collection<T> rows, long skip, int count, BiConsumer<T, JsonBuffer> writer, JsonBuffer out) {
    long position = 0;
    for (T row : rows) {
      if (position >= skip + count) {
        return;
      }
      if (position >= skip) {
        if (position > skip) {
          out.add(',');
        }
        writer.accept(row, out);
      }
      position++;
    }
  }
}
