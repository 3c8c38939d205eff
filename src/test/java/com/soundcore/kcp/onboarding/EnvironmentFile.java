package com.soundcore.kcp.onboarding;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The environment file that {@code kcp init} writes.
 *
 * @param name the environment's name
 * @param about one sentence about the environment
 * @param production whether a load test must be confirmed by the environment's name
 * @param urls the URL of each service
 * @param dialect the environment whose paths it uses; empty for those of conf/services.conf
 */
public record EnvironmentFile(
    String name,
    String about,
    boolean production,
    Map<String, URI> urls,
    Optional<String> dialect) {

  /** Returns the content of the file. */
  public String text() {
    String include =
        dialect
            .map(
                other ->
                    """
                    # Its paths are those of this dialect.
                    include classpath("environments/%s.conf")

                    """
                        .formatted(other))
            .orElse("");
    String hosts =
        new TreeSet<>(urls.values().stream().map(URI::toString).toList())
            .stream().map(host -> "\"" + host + "\"").collect(Collectors.joining(", "));
    int widest = urls.keySet().stream().mapToInt(String::length).max().orElse(0);
    String lines =
        urls.entrySet().stream()
            .map(
                entry ->
                    "    %s = \"%s\"\n"
                        .formatted(
                            entry.getKey() + " ".repeat(widest - entry.getKey().length()),
                            entry.getValue()))
            .collect(Collectors.joining());
    return """
    # Written by kcp init; change what is not right. A bearer token comes from the environment variable KCP_TOKEN.
    %skcp.environment {
      about = "%s"
      # Only a production environment asks for kcp.confirm-production.
      production = %s
      # Only kcp.env=embedded starts the backend that comes with the suite.
      starts-backend = false
      # All that may be called, by URL, by host:port or by host (any port); anything else is refused.
      hosts = [%s]
      urls {
    %s  }
    }

    # The database behind the services, so that causes are also found there; user and password come from KCP_DATABASE_USER and
    # KCP_DATABASE_PASSWORD (a role with pg_monitor).
    # kcp.monitoring.database.url = "jdbc:postgresql://127.0.0.1:5432/kcp"

    # Operations that may answer that they are not implemented, such as "auth / login".
    # kcp.placeholders = []
    """
        .formatted(include, about.replaceAll("[\"\\\\]", "'"), production, hosts, lines);
  }
}
