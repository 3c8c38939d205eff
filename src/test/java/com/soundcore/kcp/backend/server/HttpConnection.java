package com.soundcore.kcp.backend.server;

import com.soundcore.kcp.backend.http.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A client's connection: one request at a time, and its answer. */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final int HEAD_BYTES = 256;
  private static final byte[] NO_BODY = new byte[0];

  private final ServiceServer service;
  private final Executor workers;
  private HttpRequest request;
  private ChannelHandlerContext context;
  private volatile boolean busy;

  HttpConnection(ServiceServer service, Executor workers) {
    this.service = service;
    this.workers = workers;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    // Answers are bytes already: they go out past the encoder.
    context = ctx.pipeline().firstContext();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest received) {
    // A request before the last one's answer (pipelining): answers could change places.
    if (busy || received.decoderResult().isFailure()) {
      ctx.close();
      return;
    }
    busy = true;
    request = received;
    byte[] body =
        received.content().isReadable() ? ByteBufUtil.getBytes(received.content()) : NO_BODY;
    service.handle(this, received, body);
  }

  /** Runs a task on a thread that may wait. */
  void onWorker(Runnable task) {
    workers.execute(task);
  }

  void close() {
    context.close();
  }

  /**
   * Sends the answer; any thread may.
   *
   * @param nanos that it took
   */
  void send(Reply reply, long nanos) {
    boolean keepsOpen = HttpUtil.isKeepAlive(request);
    ByteBuf out = context.alloc().ioBuffer(HEAD_BYTES + reply.length());
    text(out, "HTTP/1.1 ");
    text(out, HttpResponseStatus.valueOf(reply.status()).toString());
    text(out, "\r\ncontent-type: ");
    text(out, reply.contentType());
    text(out, "\r\nX-Process-Time: ");
    text(out, seconds(nanos));
    reply.location().ifPresent(location -> text(text(out, "\r\nlocation: "), location));
    text(out, "\r\ndate: ");
    text(out, Today.text());
    if (!keepsOpen) {
      text(out, "\r\nconnection: close");
    } else if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      text(out, "\r\nconnection: keep-alive");
    }
    if (reply.status() != HttpResponseStatus.NO_CONTENT.code()) {
      text(out, "\r\ncontent-length: ");
      text(out, Integer.toString(reply.length()));
    }
    text(out, "\r\n\r\n");
    if (!request.method().equals(HttpMethod.HEAD)) {
      out.writeBytes(reply.body(), 0, reply.length());
    }
    // Before the client can have the answer, and send the next request.
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

  private static ByteBuf text(ByteBuf out, CharSequence ascii) {
    out.writeCharSequence(ascii, StandardCharsets.US_ASCII);
    return out;
  }

  /** "0.000123": String.format would cost more than the answer. */
  private static String seconds(long nanos) {
    long micros = nanos / 1000;
    String fraction = String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
    return (micros / 1_000_000) + "." + fraction;
  }

  /** The time as HTTP writes it, formatted once a second. */
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
