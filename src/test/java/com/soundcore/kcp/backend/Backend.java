package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.fault.FaultEffects;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.fault.ProcessorQuota;
import com.soundcore.kcp.backend.http.LoadClock;
import com.soundcore.kcp.backend.server.ServiceServer;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xnio.Options;

/**
 * The five services, running. Bound to 127.0.0.1, whatever the settings say.
 *
 * <p>Safe for use by several threads.
 */
public final class Backend implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int BACKLOG = 4096;

  // Faults and a database make calls wait; they must not wait for each other's threads.
  private static final int WORKERS_THAT_WAIT = 1000;

  private final Services services;
  private final Map<String, ServiceServer> servers;
  private final List<PlantedFault> crashes;
  private final Optional<PlantedFault> quota;
  private final int workers;
  private final LoadClock clock;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private volatile Undertow undertow;
  private volatile boolean closed;

  private Backend(BackendSettings settings, Services services, LoadClock clock) {
    this.services = services;
    this.servers = services.servers();
    this.clock = clock;
    this.crashes =
        settings.faults().stream().filter(fault -> fault.kind().equals("crash")).toList();
    this.quota =
        settings.faults().stream().filter(fault -> fault.kind().equals("quota")).findFirst();
    boolean waits = !settings.faults().isEmpty() || settings.database().isPresent();
    this.workers = waits ? WORKERS_THAT_WAIT : settings.poolSize() * 2;
  }

  /**
   * Fills the stores and opens the ports.
   *
   * @throws RuntimeException where a port is taken; its cause is a {@link java.net.BindException}
   */
  public static Backend start(BackendSettings settings) {
    LoadClock clock = new LoadClock();
    Services services =
        settings.database().isPresent()
            ? Services.inPostgres(settings, clock)
            : Services.inMemory(settings, clock);
    Backend backend = new Backend(settings, services, clock);
    Undertow.Builder server = backend.server(settings.ports());
    services.awaitRows();
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
    quota.ifPresent(
        fault -> inBackground(() -> ProcessorQuota.impose(fault.share()), fault.fromMs(), "quota"));
    for (PlantedFault crash : crashes) {
      inBackground(() -> crash(crash), crash.fromMs(), "crash");
    }
  }

  private void inBackground(Runnable work, long fromMs, String name) {
    Thread thread =
        new Thread(
            () -> {
              FaultEffects.pause(fromMs - clock.millis());
              work.run();
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Everything that this process serves is gone, and comes back. */
  private void crash(PlantedFault fault) {
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
    services.close();
  }
}
