package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the system under test is asked about itself.
 *
 * @param every between two times; zero for never
 * @param path of a service's own page
 * @param figures by name, on that page
 * @param prometheusUrl asked in place of the services; empty for none
 * @param queries by name, PromQL, for that server, of each service
 * @param resources PromQL queries by name, for each named shared resource
 * @param database PostgreSQL, asked itself
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
   * A figure on a service's page.
   *
   * @param metric a name, with labels where only some lines are meant; {service} is the service's
   * @param perSecond whether it counts up, and its growth per second is meant
   */
  public record Figure(String metric, boolean perSecond) {}

  /**
   * A database that services depend on.
   *
   * @param url JDBC URL, without user and password; empty for none
   * @param services that depend on it; empty for all
   * @param cores that it may use; 0 where that is not known
   * @param pools connections that each service may open, all of its instances together
   * @param sessionsEvery how often its sessions are polled
   * @param timeout of one look
   */
  public record Database(
      String url,
      List<String> services,
      double cores,
      Map<String, Integer> pools,
      Duration sessionsEvery,
      Duration timeout) {
    /** Its name in metrics and findings. */
    public static final String NAME = "database";

    /** Nobody asks. */
    public static final Database NONE =
        new Database("", List.of(), 0, Map.of(), Duration.ofSeconds(1), Duration.ofSeconds(1));

    /** Whether a service depends on it. */
    public boolean serves(String service) {
      return services.isEmpty() || services.contains(service);
    }
  }
}
