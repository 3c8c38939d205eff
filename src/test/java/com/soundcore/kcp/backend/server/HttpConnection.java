package com.soundcore.kcp.backend.server;

import com.soundcore.kcp.backend.http.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A client's connection: one request at a time, and its answer. */
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
  private static final int HEAD_BYTES = 256;
  private static final int MAX_BODY = 64 << 20;
  private static final byte[] NO_BODY = new byte[0];

  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] TYPE = ascii("\r\ncontent-type: ");
  private static final byte[] PROCESS_TIME = ascii("\r\nX-Process-Time: ");
  private static final byte[] LOCATION = ascii("\r\nlocation: ");
  private static final byte[] DATE = ascii("\r\ndate: ");
  private static final byte[] CLOSE = ascii("\r\nconnection: close");
  private static final byte[] KEEP_ALIVE = ascii("\r\nconnection: keep-alive");
  private static final byte[] LENGTH = ascii("\r\ncontent-length: ");
  private static final byte[] END = ascii("\r\n\r\n");
  private static final Map<Integer, byte[]> STATUS_LINES = new ConcurrentHashMap<>();

  private final ServiceServer service;
  private final Executor workers;
  private ChannelHandlerContext context;
  private HttpRequest request;
  private byte[] body;
  private boolean busy;

  HttpConnection(ServiceServer service, Executor workers) {
    this.service = service;
    this.workers = workers;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    // A request before the previous answer (pipelining) could change the order of the answers.
    if (busy || part.decoderResult().isFailure()) {
      ctx.close();
      return;
    }
    if (part instanceof HttpRequest head) {
      request = head;
      body = NO_BODY;
      if (HttpUtil.is100ContinueExpected(head)) {
        ctx.writeAndFlush(ctx.alloc().ioBuffer(CONTINUE.length).writeBytes(CONTINUE));
      }
    }
    if (part instanceof HttpContent content && body.length <= MAX_BODY) {
      append(content.content());
    }
    if (part instanceof LastHttpContent) {
      if (body.length > MAX_BODY) {
        ctx.close();
        return;
      }
      busy = true;
      service.handle(this, request, body);
    }
  }

  private void append(ByteBuf more) {
    int count = more.readableBytes();
    if (count > 0) {
      int before = body.length;
      body = Arrays.copyOf(body, before + count);
      more.readBytes(body, before, count);
    }
  }

  /** Runs a task on a thread that may block. */
  void onWorker(Runnable task) {
    workers.execute(task);
  }

  void close() {
    context.close();
  }

  /**
   * Sends the answer. Any thread may call this.
   *
   * @param nanos time that the answer took
   */
  void send(Reply reply, long nanos) {
    if (context.executor().inEventLoop()) {
      write(reply, nanos);
    } else {
      context.executor().execute(() -> write(reply, nanos));
    }
  }

  private void write(Reply reply, long nanos) {
    boolean keepsOpen = HttpUtil.isKeepAlive(request);
    ByteBuf out = context.alloc().ioBuffer(HEAD_BYTES + reply.length());
    out.writeBytes(STATUS_LINES.computeIfAbsent(reply.status(), HttpConnection::statusLine));
    add(out, TYPE, reply.contentType());
    add(out, PROCESS_TIME, seconds(nanos));
    add(out, DATE, Today.text());
    reply.location().ifPresent(location -> add(out, LOCATION, location));
    if (!keepsOpen) {
      out.writeBytes(CLOSE);
    } else if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      out.writeBytes(KEEP_ALIVE);
    }
    if (reply.status() != HttpResponseStatus.NO_CONTENT.code()) {
      add(out, LENGTH, Integer.toString(reply.length()));
    }
    out.writeBytes(END);
    if (!request.method().equals(HttpMethod.HEAD)) {
      out.writeBytes(reply.body(), 0, reply.length());
    }
    busy = false;
    ChannelFuture sent =
        context.writeAndFlush(out, keepsOpen ? context.voidPromise() : context.newPromise());
    if (!keepsOpen) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private static byte[] statusLine(int status) {
    return ascii("HTTP/1.1 " + HttpResponseStatus.valueOf(status));
  }

  private static void add(ByteBuf out, byte[] header, String value) {
    ByteBufUtil.writeAscii(out.writeBytes(header), value);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Formats a time as "0.000123". String.format would cost more than the answer. */
  private static String seconds(long nanos) {
    long micros = nanos / 1000;
    String fraction = String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
    return (micros / 1_000_000) + "." + fraction;
  }

  /** The current time in HTTP format, formatted once a second. */
  private record Today(long second, String formatted) {
    private static volatile Today last = new Today(0, "");

    static String text() {
      long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
      Today known = last;
      if (known.second() != now) {
        known = new Today(now, DateFormatter.format(new Date()));
        last = known;
      }
      return known.formatted();
    }
  }
}
