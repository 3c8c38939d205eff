package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The monitoring of the system under test.
 *
 * @param every the polling interval; zero for no monitoring
 * @param path the path of a service's metrics page
 * @param figures the metrics on that page, by name
 * @param prometheusUrl a Prometheus server to query in place of the services; empty for none
 * @param queries PromQL queries for each service, by name
 * @param resources PromQL queries by name, for each shared resource
 * @param database the PostgreSQL database to query directly
 * @param host whether this machine is also monitored
 */
public record Monitoring(
    Duration every,
    String path,
    Map<String, Figure> figures,
    String prometheusUrl,
    Map<String, String> queries,
    Map<String, Map<String, String>> resources,
    Database database,
    boolean host) {

  /**
   * A metric on a service's page.
   *
   * @param metric a metric name, with labels to select some of its lines; {service} is the
   *     service's name
   * @param perSecond whether it is a counter whose rate per second is used
   */
  public record Figure(String metric, boolean perSecond) {}

  /**
   * A database that services depend on.
   *
   * @param url the JDBC URL, without user and password; empty for none
   * @param services the services that depend on it; empty for all
   * @param cores the number of cores that it may use; 0 if unknown
   * @param pools the maximum number of connections by service, over all its instances
   * @param sessionsEvery the polling interval of its sessions
   * @param timeout the timeout of one poll
   */
  public record Database(
      String url,
      List<String> services,
      double cores,
      Map<String, Integer> pools,
      Duration sessionsEvery,
      Duration timeout) {
    /** The name of a database in metrics and findings. */
    public static final String NAME = "database";

    /** No database. */
    public static final Database NONE =
        new Database("", List.of(), 0, Map.of(), Duration.ofSeconds(1), Duration.ofSeconds(1));

    /** Returns whether a service depends on the database. */
    public boolean serves(String service) {
      return services.isEmpty() || services.contains(service);
    }
  }
}
