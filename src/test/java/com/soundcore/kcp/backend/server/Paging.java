package com.soundcore.kcp.backend.server;

import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.JsonBuffer;
import com.soundcore.kcp.backend.http.Reply;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Page of a list, answered as {@code
 * {"items":[…],"total":n,"page":p,"page_size":s,"total_pages":t}}.
 */
public record Paging(int page, int pageSize) {
  private static final int ROW_BYTES = 900;

  public static Paging of(ApiCall call) {
    return new Paging(
        call.wholeNumber("page", 1, 1, Integer.MAX_VALUE),
        call.wholeNumber("page_size", 20, 1, 100));
  }

  /** Returns the number of rows before this page. */
  public long skip() {
    return (page - 1L) * pageSize;
  }

  /** Returns the rows of this page. */
  public <T> List<T> of(List<T> all) {
    return all.stream().skip(skip()).limit(pageSize).toList();
  }

  public <T> Reply reply(List<T> rows, int total, BiConsumer<T, JsonBuffer> writer) {
    JsonBuffer out = new JsonBuffer(128 + rows.size() * ROW_BYTES);
    out.add("{\"items\":[").list(rows, writer);
    long totalPages = (total + pageSize - 1L) / pageSize;
    out.add("],\"total\":").add(total).add(",\"page\":").add(page);
    out.add(",\"page_size\":").add(pageSize).add(",\"total_pages\":").add(totalPages).add('}');
    return Reply.ok(out);
  }
}
