package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.analytics.AnalyticsApi;
import com.soundcore.kcp.backend.auth.AuthApi;
import com.soundcore.kcp.backend.auth.UserStore;
import com.soundcore.kcp.backend.content.ContentApi;
import com.soundcore.kcp.backend.fault.FaultEffects;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.http.ConnectionPool;
import com.soundcore.kcp.backend.http.LoadClock;
import com.soundcore.kcp.backend.knowledge.DraftReader;
import com.soundcore.kcp.backend.knowledge.KnowledgeApi;
import com.soundcore.kcp.backend.knowledge.KnowledgeStore;
import com.soundcore.kcp.backend.knowledge.ProductApi;
import com.soundcore.kcp.backend.knowledge.ProductStore;
import com.soundcore.kcp.backend.knowledge.SearchApi;
import com.soundcore.kcp.backend.knowledge.SearchIndex;
import com.soundcore.kcp.backend.knowledge.SearchLog;
import com.soundcore.kcp.backend.server.ServiceServer;
import com.soundcore.kcp.backend.support.SupportApi;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.xnio.Options;

/**
 * The five services, running. Bound to 127.0.0.1, whatever the settings say.
 *
 * <p>Safe for use by several threads.
 */
public final class Backend implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 4096;

  // Faults make calls wait; they must not wait for each other's threads.
  private static final int WORKERS_WITH_FAULTS = 1000;

  private final Map<String, ServiceServer> servers;
  private final List<PlantedFault> crashes;
  private final int workers;
  private final LoadClock clock;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private volatile Undertow undertow;
  private volatile boolean closed;

  private Backend(BackendSettings settings, Map<String, ServiceServer> servers, LoadClock clock) {
    this.servers = servers;
    this.clock = clock;
    this.crashes =
        settings.faults().stream().filter(fault -> fault.kind().equals("crash")).toList();
    this.workers = settings.faults().isEmpty() ? settings.poolSize() * 2 : WORKERS_WITH_FAULTS;
  }

  /**
   * Fills the stores and opens the ports.
   *
   * @throws RuntimeException where a port is taken; its cause is a {@link java.net.BindException}
   */
  public static Backend start(BackendSettings settings) {
    LoadClock clock = new LoadClock();
    ProductStore products = new ProductStore();
    KnowledgeStore store =
        new KnowledgeStore(
            settings.maxItems() > settings.items() ? settings.items() : 0,
            settings.maxItems(),
            new SearchIndex());
    // The index is what takes long: it is filled while the rest of the backend is loaded.
    CompletableFuture<Void> filled =
        CompletableFuture.runAsync(
            () -> new SampleData(settings.seed()).fill(settings, products, store));
    Map<String, ServiceServer> servers = servers(settings, clock, products, store);
    Backend backend = new Backend(settings, servers, clock);
    Undertow.Builder server = backend.server(settings.ports());
    filled.join();
    backend.open(server, settings.ports());
    return backend;
  }

  private Undertow.Builder server(Map<String, Integer> wanted) {
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
            .setWorkerThreads(workers)
            .setSocketOption(Options.BACKLOG, BACKLOG)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, -1)
            .setServerOption(UndertowOptions.RECORD_REQUEST_START_TIME, false);
    wanted.forEach(
        (name, port) -> builder.addHttpListener(port, LOOPBACK, servers.get(name).handler()));
    return builder;
  }

  private void open(Undertow.Builder builder, Map<String, Integer> wanted) {
    Undertow opened = builder.build();
    opened.start();
    int listener = 0;
    for (String name : wanted.keySet()) {
      InetSocketAddress address =
          (InetSocketAddress) opened.getListenerInfo().get(listener++).getAddress();
      ports.put(name, address.getPort());
    }
    undertow = opened;
  }

  /** The ports by service; real ones, also where 0 was asked for. */
  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  /** The load starts now: from here on faults are planted. */
  public void loadStarts() {
    clock.start();
    for (PlantedFault crash : crashes) {
      Thread thread = new Thread(() -> crash(crash), "crash");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Everything that this process serves is gone, and comes back. */
  private void crash(PlantedFault fault) {
    FaultEffects.pause(fault.fromMs() - clock.millis());
    if (closed) {
      return;
    }
    undertow.stop();
    FaultEffects.pause(fault.toMs() - clock.millis());
    if (!closed) {
      Map<String, Integer> same = Map.copyOf(ports);
      open(server(same), same);
    }
  }

  /** Closes the ports. */
  @Override
  public void close() {
    closed = true;
    undertow.stop();
  }

  private static Map<String, ServiceServer> servers(
      BackendSettings settings, LoadClock clock, ProductStore products, KnowledgeStore store) {
    SampleData data = new SampleData(settings.seed());
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
    boolean planned = settings.plannedDialect();
    serve(
        servers,
        "knowledge",
        server -> {
          new KnowledgeApi(store, new DraftReader(products)).serve(server, planned);
          new SearchApi(store, searches).serve(server, planned);
          new ProductApi(products).serve(server);
        });
    serve(servers, "content", new ContentApi()::serve);
    serve(servers, "support", support::serve);
    AnalyticsApi analytics = new AnalyticsApi(store, searches, support, users);
    serve(servers, "analytics", analytics::serve);
    serve(servers, "auth", new AuthApi(users)::serve);
    return servers;
  }

  /** A process may serve some of the services only. */
  private static void serve(
      Map<String, ServiceServer> servers, String name, Consumer<ServiceServer> api) {
    if (servers.containsKey(name)) {
      api.accept(servers.get(name));
    }
  }
}
