package com.soundcore.kcp.live;

import com.soundcore.kcp.run.Secrets;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Server-sent events to every open page. A page that has not yet read the last event misses the
 * next, so no events pile up for slow readers.
 */
final class Broadcast {
  // More pages are refused: watching must not become a load itself.
  private static final int MOST = 64;

  private final Map<ServerSentEventConnection, AtomicBoolean> busy = new ConcurrentHashMap<>();
  private volatile String[] last;

  HttpHandler handler() {
    ServerSentEventHandler events = new ServerSentEventHandler((page, lastId) -> add(page));
    return exchange -> {
      if (busy.size() >= MOST) {
        exchange.setStatusCode(503);
      } else {
        events.handleRequest(exchange);
      }
    };
  }

  private void add(ServerSentEventConnection page) {
    page.addCloseTask(busy::remove);
    busy.put(page, new AtomicBoolean());
    String[] ended = last;
    if (ended != null) {
      page.send(ended[1], ended[0], null, null);
    }
  }

  void send(String event, String text) {
    String data = Secrets.hiddenIn(text);
    busy.forEach(
        (page, writing) -> {
          if (page.isOpen() && writing.compareAndSet(false, true)) {
            page.send(data, event, null, new Done(writing));
          }
        });
  }

  /** Sends the last event to all pages, and to those that connect later. */
  void last(String event, String text) {
    String data = Secrets.hiddenIn(text);
    last = new String[] {event, data};
    busy.keySet().forEach(page -> page.send(data, event, null, null));
  }

  private record Done(AtomicBoolean writing) implements ServerSentEventConnection.EventCallback {
    @Override
    public void done(ServerSentEventConnection page, String data, String event, String id) {
      writing.set(false);
    }

    @Override
    public void failed(
        ServerSentEventConnection page,
        String data,
        String event,
        String id,
        java.io.IOException e) {
      // The page is closed. Its close task removes it.
      writing.set(false);
    }
  }
}
