package com.soundcore.kcp.backend;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xnio.Options;

/**
 * The five services, running. Bound to 127.0.0.1, whatever the settings say.
 *
 * <p>Safe for use by several threads.
 */
public final class Backend implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 4096;

  private final Undertow undertow;
  private final LoadClock clock;
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  private Backend(Undertow undertow, LoadClock clock) {
    this.undertow = undertow;
    this.clock = clock;
  }

  /**
   * Fills the stores and opens the ports.
   *
   * @throws RuntimeException where a port is taken; its cause is a {@link java.net.BindException}
   */
  public static Backend start(BackendSettings settings) {
    LoadClock clock = new LoadClock();
    Map<String, ServiceServer> servers = servers(settings, clock);
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
            .setWorkerThreads(settings.poolSize() * 2)
            .setSocketOption(Options.BACKLOG, BACKLOG)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, -1)
            .setServerOption(UndertowOptions.RECORD_REQUEST_START_TIME, false);
    settings
        .ports()
        .forEach(
            (name, port) -> builder.addHttpListener(port, LOOPBACK, servers.get(name).handler()));
    Backend backend = new Backend(builder.build(), clock);
    backend.undertow.start();
    int listener = 0;
    for (String name : settings.ports().keySet()) {
      InetSocketAddress address =
          (InetSocketAddress) backend.undertow.getListenerInfo().get(listener++).getAddress();
      backend.ports.put(name, address.getPort());
    }
    return backend;
  }

  /** The ports by service; real ones, also where 0 was asked for. */
  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  /** The load starts now: from here on faults are planted. */
  public void loadStarts() {
    clock.start();
  }

  /** Closes the ports. */
  @Override
  public void close() {
    undertow.stop();
  }

  private static Map<String, ServiceServer> servers(BackendSettings settings, LoadClock clock) {
    SampleData data = new SampleData(settings.seed());
    ProductStore products = new ProductStore();
    data.fill(products, settings.products());
    KnowledgeStore store = new KnowledgeStore(settings.maxItems(), new SearchIndex());
    data.fill(store, settings.items(), settings.products());
    SearchLog searches = new SearchLog();
    UserStore users = new UserStore();
    SupportApi support =
        new SupportApi(
            data.conversations(settings.conversations()), data.tickets(settings.tickets()));

    Map<String, ServiceServer> servers = new LinkedHashMap<>();
    for (String name : settings.ports().keySet()) {
      ConnectionPool pool = new ConnectionPool(settings.poolSize(), settings.poolTimeout());
      servers.put(name, new ServiceServer(name, pool, settings.faults(), clock));
    }
    ServiceServer knowledge = servers.get("knowledge");
    new KnowledgeApi(store, new DraftReader(products)).serve(knowledge, settings.plannedDialect());
    new SearchApi(store, searches).serve(knowledge, settings.plannedDialect());
    new ProductApi(products).serve(knowledge);
    new ContentApi().serve(servers.get("content"));
    support.serve(servers.get("support"));
    new AnalyticsApi(store, searches, support, users).serve(servers.get("analytics"));
    new AuthApi(users).serve(servers.get("auth"));
    return servers;
  }
}
