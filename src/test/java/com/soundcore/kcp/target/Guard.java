package com.soundcore.kcp.target;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.TestShape;
import java.util.List;
import java.util.Optional;

/** Keeps load away from production, and the token away from the open network. */
public final class Guard {
  private static final String HARMLESS = "smoke";
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  private Guard() {}

  /**
   * Lets a test pass, or not.
   *
   * @param token the bearer token that would be sent
   * @throws Refusal with what to do
   */
  public static void check(KcpConfig config, TestShape test, Optional<String> token) {
    Environment environment = config.environment();
    boolean confirmed = config.run().confirmProduction().equals(environment.name());
    if (environment.production() && !test.name().equals(HARMLESS) && !confirmed) {
      throw new Refusal(
          """
          Environment %s is marked production, and %s is not Smoke. No load was sent.
          Test on staging first. If you mean it, say so: -Dkcp.confirm-production=%s"""
              .formatted(environment.name(), test.name(), environment.name()));
    }
    if (token.isPresent()) {
      environment.urls().values().stream()
          .filter(url -> url.getScheme().equals("http") && !LOOPBACK.contains(url.getHost()))
          .findFirst()
          .ifPresent(
              url -> {
                throw new Refusal(
                    """
                    KCP_TOKEN is set, and %s is not encrypted: the token could be read on the way. No load was sent.
                    Use https in conf/environments/%s.conf, or unset KCP_TOKEN."""
                        .formatted(url, environment.name()));
              });
    }
  }
}
