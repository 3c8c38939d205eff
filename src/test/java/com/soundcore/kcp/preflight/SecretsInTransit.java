package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Sessions;
import com.soundcore.kcp.run.Refusal;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check that no password or secret header leaves this machine unencrypted. {@link
 * ProductionGuard#checkSecret} and the HTTP client protect the token.
 */
final class SecretsInTransit {
  private static final List<String> OTLP_HEADERS =
      List.of("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_HEADERS");
  private static final Pattern DATABASE =
      Pattern.compile("jdbc:postgresql://([^/?]*)[^?]*(?:\\?(.*))?");
  private static final Pattern ENCRYPTED =
      Pattern.compile("(?:^|&)sslmode=(?:require|verify-ca|verify-full)(?:&|$)");

  private SecretsInTransit() {}

  /**
   * Checks the connections to proxy, OTLP collector and database.
   *
   * @throws Refusal if one would send a secret unencrypted
   */
  static void check(KcpConfig config, Map<String, String> environment) {
    config.sessions().proxy().ifPresent(proxy -> proxy(proxy, environment));
    collector(config.live().otlpUrl(), environment);
    database(config.monitoring().database().url(), environment);
  }

  private static void proxy(Sessions.Proxy proxy, Map<String, String> environment) {
    boolean login = !Sessions.Proxy.user(environment).isEmpty();
    if (login && !Environment.isHere(URI.create("http://" + proxy.host()))) {
      throw new Refusal(
          "KCP_PROXY_USER and KCP_PROXY_PASSWORD would go unencrypted to %s:%d (kcp.sessions.proxy). No load was sent. Unset them, or let a relay on 127.0.0.1 sign in to that proxy."
              .formatted(proxy.host(), proxy.port()));
    }
  }

  private static void collector(String url, Map<String, String> environment) {
    OTLP_HEADERS.stream()
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .filter(name -> !url.isEmpty() && !Environment.isPrivate(URI.create(url)))
        .findFirst()
        .ifPresent(
            name -> {
              throw new Refusal(
                  "%s would go unencrypted to %s (kcp.live.otlp.url). No load was sent. Use https, or unset it."
                      .formatted(name, url));
            });
  }

  private static void database(String url, Map<String, String> environment) {
    Matcher parts = DATABASE.matcher(url);
    boolean password = !environment.getOrDefault("KCP_DATABASE_PASSWORD", "").isEmpty();
    if (!password || !parts.matches()) {
      return;
    }
    boolean here =
        Arrays.stream(parts.group(1).split(","))
            .allMatch(host -> Environment.isHere(URI.create("http://" + host)));
    String options = parts.group(2) == null ? "" : parts.group(2);
    if (!here && !ENCRYPTED.matcher(options).find()) {
      throw new Refusal(
          "KCP_DATABASE_PASSWORD could go unencrypted to %s (kcp.monitoring.database.url). No load was sent. Add sslmode=require, verify-ca or verify-full to the URL, or unset the password."
              .formatted(url));
    }
  }
}
