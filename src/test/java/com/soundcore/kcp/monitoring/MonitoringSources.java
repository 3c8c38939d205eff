package com.soundcore.kcp.monitoring;

import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A check that the configured monitoring sources are reachable. A source that was never reached
 * looks like a system that is down.
 */
public final class MonitoringSources {
  private MonitoringSources() {}

  /**
   * Queries the configured database and Prometheus once, unless monitoring is off.
   *
   * @throws Refusal naming each source that does not respond, the cause and the fix
   */
  public static void mustAnswer(
      Monitoring monitoring, DatabaseWatch.Credentials credentials, Http http) {
    if (monitoring.every().isZero()) {
      return;
    }
    List<String> silent = new ArrayList<>();
    if (!monitoring.database().url().isEmpty()) {
      DatabaseWatch.unreachable(monitoring.database(), credentials)
          .ifPresent(
              why ->
                  silent.add(
                      "database %s (kcp.monitoring.database.url): %s"
                          .formatted(monitoring.database().url(), why)));
    }
    if (!monitoring.prometheusUrl().isEmpty()) {
      prometheus(monitoring.prometheusUrl(), http).ifPresent(silent::add);
    }
    if (!silent.isEmpty()) {
      throw new Refusal(
          """
          The monitoring cannot be asked. No load was sent.

          %s

          Correct the address, or set user and password in the environment. To run without this source, leave the \
          address empty, or switch the monitoring off: -Dkcp.monitoring.every=0s\
          """
              .formatted(String.join("\n", silent)));
    }
  }

  private static Optional<String> prometheus(String url, Http http) {
    Http.Answer answer = http.withoutToken().call("GET", url + "/api/v1/query?query=1", null);
    return answer.status() == 200
        ? Optional.empty()
        : Optional.of(
            "Prometheus %s (kcp.monitoring.prometheus.url): %s"
                .formatted(
                    url, answer.status() == 0 ? answer.body() : "status " + answer.status()));
  }
}
