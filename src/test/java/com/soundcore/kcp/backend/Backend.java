package com.soundcore.kcp.backend;

import com.soundcore.kcp.backend.fault.FaultEffects;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.fault.ProcessorQuota;
import com.soundcore.kcp.backend.http.LoadClock;
import com.soundcore.kcp.backend.server.HttpTransport;
import com.soundcore.kcp.backend.server.ServiceServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The five services, running. They are bound to 127.0.0.1 unless another address is given.
 *
 * <p>Safe for use by several threads.
 */
public final class Backend implements AutoCloseable {
  // Faults and a database make calls wait. Calls must not also wait for a free thread.
  private static final int WORKERS_THAT_WAIT = 1000;

  private final Services services;
  private final Map<String, ServiceServer> servers;
  private final List<PlantedFault> crashes;
  private final Optional<PlantedFault> quota;
  private final int workers;
  private final LoadClock clock;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final String address;
  private volatile HttpTransport transport;
  private volatile boolean closed;

  private Backend(BackendSettings settings, Services services, LoadClock clock, String address) {
    this.address = address;
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
   * @throws RuntimeException if a port is taken; its cause is a {@link java.net.BindException}
   */
  public static Backend start(BackendSettings settings) {
    return start(settings, HttpTransport.LOOPBACK);
  }

  /**
   * Fills the stores and opens the ports.
   *
   * @param address to bind; with any but loopback, other machines can call the services
   * @throws RuntimeException if a port is taken; its cause is a {@link java.net.BindException}
   */
  public static Backend start(BackendSettings settings, String address) {
    LoadClock clock = new LoadClock();
    Services services =
        settings.database().isPresent()
            ? Services.inPostgres(settings, clock)
            : Services.inMemory(settings, clock);
    Backend backend = new Backend(settings, services, clock, address);
    // The transport's classes are loaded while the rows are generated.
    HttpTransport transport = new HttpTransport(backend.workers, address);
    services.awaitRows();
    backend.open(transport, settings.ports());
    return backend;
  }

  private void open(HttpTransport opened, Map<String, Integer> wanted) {
    try {
      wanted.forEach((name, port) -> ports.put(name, opened.open(port, servers.get(name))));
    } catch (RuntimeException taken) {
      opened.close();
      throw taken;
    }
    transport = opened;
  }

  /** Returns the ports by service: the actual ones, even if 0 was requested. */
  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  /** Marks the start of the load. From now on faults take effect. */
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

  /** Closes everything that this process serves, and reopens it after the fault. */
  private void crash(PlantedFault fault) {
    if (closed) {
      return;
    }
    transport.close();
    FaultEffects.pause(fault.toMs() - clock.millis());
    if (!closed) {
      open(new HttpTransport(workers, address), Map.copyOf(ports));
    }
  }

  /** Closes the ports. */
  @Override
  public void close() {
    closed = true;
    transport.close();
    services.close();
  }
}
