package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.Map;

/**
 * What the system under test is asked about itself.
 *
 * @param every between two times; zero for never
 * @param path of a service's own page
 * @param figures by name, on that page
 * @param prometheusUrl asked in place of the services; empty for none
 * @param queries by name, PromQL, for that server
 */
public record Monitoring(
    Duration every,
    String path,
    Map<String, Figure> figures,
    String prometheusUrl,
    Map<String, String> queries) {

  /**
   * A figure on a service's page.
   *
   * @param metric a name, with labels where only some lines are meant; {service} is the service's
   * @param perSecond whether it counts up, and its growth per second is meant
   */
  public record Figure(String metric, boolean perSecond) {}
}
