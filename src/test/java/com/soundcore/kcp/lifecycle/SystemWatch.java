package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.embedded.EmbeddedBackend;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.monitoring.DatabaseWatch;
import com.soundcore.kcp.monitoring.HostWatch;
import com.soundcore.kcp.monitoring.ProcessWatch;
import com.soundcore.kcp.monitoring.ResourceWatch;
import com.soundcore.kcp.run.DatabaseSample;
import com.soundcore.kcp.run.ResourceSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All monitoring of the system under test during the load: services, database, processes and host.
 */
final class SystemWatch implements AutoCloseable {
  private final ResourceWatch services;
  private final DatabaseWatch database;
  private final ProcessWatch processes;
  private final Optional<HostWatch> host;

  SystemWatch(KcpConfig config, Http http, Optional<EmbeddedBackend> backend) {
    Monitoring monitoring = config.monitoring();
    services = new ResourceWatch(monitoring, config.environment(), config.serviceNames(), http);
    Optional<Monitoring.Database> embedded =
        monitoring.database().url().isEmpty()
            ? backend.flatMap(EmbeddedBackend::database)
            : Optional.empty();
    database =
        new DatabaseWatch(
            embedded.orElse(monitoring.database()),
            monitoring.every(),
            embedded.isPresent()
                ? new DatabaseWatch.Credentials(EmbeddedBackend.MONITORING_ROLE, "")
                : DatabaseWatch.Credentials.fromEnvironment());
    // The embedded backend is one process, and its metrics page already covers it.
    processes =
        new ProcessWatch(
            monitoring.host() ? monitoring.every() : Duration.ZERO,
            backend.isPresent() ? Map.of() : config.environment().urls());
    host = monitoring.host() ? Optional.of(new HostWatch(monitoring.every())) : Optional.empty();
  }

  /** Returns all samples. */
  List<ResourceSample> samples() {
    return Stream.of(
            services.samples(),
            database.samples(),
            processes.samples(),
            host.map(HostWatch::samples).orElse(List.of()))
        .flatMap(List::stream)
        .toList();
  }

  /** Returns what the sessions of the database did. */
  List<DatabaseSample> sessions() {
    return database.sessions();
  }

  /** Returns the latest metrics by service and resource. */
  Map<String, Map<String, Double>> latest() {
    Map<String, Map<String, Double>> latest = new TreeMap<>(services.latest());
    if (!database.latest().isEmpty()) {
      latest.put(Monitoring.Database.NAME, database.latest());
    }
    host.map(HostWatch::latest)
        .filter(figures -> !figures.isEmpty())
        .ifPresent(figures -> latest.put(HostWatch.NAME, figures));
    return latest;
  }

  @Override
  public void close() {
    services.close();
    database.close();
    processes.close();
    host.ifPresent(HostWatch::close);
  }
}
