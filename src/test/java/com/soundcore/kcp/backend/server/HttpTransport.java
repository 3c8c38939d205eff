package com.soundcore.kcp.backend.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The sockets of the services, on Netty: Linux's epoll without the JDK's selector, and the JDK's
 * selector elsewhere. They are bound to 127.0.0.1 unless another address is given.
 */
public final class HttpTransport implements AutoCloseable {
  static {
    // Leak detection with stack traces for every 128th buffer is not useful here.
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  /** The default address. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int BACKLOG = 4096;
  private static final int MAX_LINE = 16_384;
  private static final long IDLE_SECONDS = 60;

  private final EventLoopGroup loops;
  private final String address;
  private final ExecutorService workers;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  /**
   * @param maxWorkers largest number of threads for calls that wait
   * @param address to bind
   */
  public HttpTransport(int maxWorkers, String address) {
    this.address = address;
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    loops = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("http", true), io);
    workers = workers(maxWorkers);
  }

  /**
   * Creates an executor that prefers an idle thread, then a new thread, and queues a task only if
   * all threads are busy.
   */
  private static ExecutorService workers(int max) {
    LinkedTransferQueue<Runnable> waiting =
        new LinkedTransferQueue<>() {
          private static final long serialVersionUID = 1;

          @Override
          public boolean offer(Runnable task) {
            return tryTransfer(task);
          }
        };
    return new ThreadPoolExecutor(
        0,
        max,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        waiting,
        new DefaultThreadFactory("worker", true),
        (task, executor) -> waiting.put(task));
  }

  /**
   * Opens a service's port.
   *
   * @param port 0 for any free one
   * @return the actual port
   * @throws IllegalStateException if it is taken; its cause is a {@link BindException}
   */
  public int open(int port, ServiceServer service) {
    Class<? extends ServerSocketChannel> type =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    ServerBootstrap server =
        new ServerBootstrap()
            .group(loops)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(new Pipeline(service));
    ChannelFuture bound = server.bind(address, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(new BindException(bound.cause().getMessage()));
    }
    channels.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  /** Closes all ports and connections. */
  @Override
  public void close() {
    channels.close().awaitUninterruptibly();
    workers.shutdown();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    private final ServiceServer service;

    Pipeline(ServiceServer service) {
      this.service = service;
    }

    @Override
    protected void initChannel(Channel channel) {
      channels.add(channel);
      HttpDecoderConfig limits =
          new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_LINE);
      channel
          .pipeline()
          .addLast(new HttpRequestDecoder(limits), new HttpConnection(service, workers));
    }
  }
}
