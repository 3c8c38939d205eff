package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Stage;
import com.soundcore.kcp.config.tests.TestShape;

/** Keeps load away from production, and the token away from the open network. */
public final class ProductionGuard {
  private static final String HARMLESS = "smoke";

  private ProductionGuard() {}

  /**
   * Lets a test pass, or not.
   *
   * @param secret whether a token or a password would be sent
   * @throws Refusal with what to do
   */
  public static void check(KcpConfig config, TestShape test, boolean secret) {
    Environment environment = config.environment();
    if (environment.production() && !isHarmless(config, test) && !isConfirmed(config)) {
      throw new Refusal(
          """
          Environment %s is marked production, and this is more than a plain Smoke. No load was sent.
          Test on staging first. If you mean it, say so: -Dkcp.confirm-production=%s"""
              .formatted(environment.name(), environment.name()));
    }
    checkSecret(environment, secret);
  }

  /**
   * Lets the removal of rows pass, or not.
   *
   * @throws Refusal with what to do
   */
  public static void checkCleanup(KcpConfig config, boolean secret) {
    Environment environment = config.environment();
    if (environment.production() && !isConfirmed(config)) {
      throw new Refusal(
          "Environment %s is marked production. If you mean it, say so: -Dkcp.confirm-production=%s"
              .formatted(environment.name(), environment.name()));
    }
    checkSecret(environment, secret);
  }

  /** Smoke as it is meant: few users, nothing costly. */
  private static boolean isHarmless(KcpConfig config, TestShape test) {
    double users =
        test.stages().stream().mapToDouble(Stage::to).max().orElse(0) * config.run().loadScale();
    return test.name().equals(HARMLESS)
        && config.modelOf(test) == Model.CLOSED
        && users <= config.run().productionUsers()
        && !config.run().includeCostly();
  }

  private static boolean isConfirmed(KcpConfig config) {
    return config.run().confirmProduction().equals(config.environment().name());
  }

  /**
   * A secret goes only over an encrypted line, or stays on this machine.
   *
   * @throws Refusal with what to do
   */
  public static void checkSecret(Environment environment, boolean secret) {
    if (secret) {
      environment.urls().values().stream()
          .filter(url -> url.getScheme().equals("http") && !Environment.isHere(url))
          .findFirst()
          .ifPresent(
              url -> {
                throw new Refusal(
                    """
                    A token or a password is set (KCP_TOKEN, KCP_TOKEN_FILE, kcp.sessions.login), and %s is not encrypted: it could be read on the way. No load was sent.
                    Use https in conf/environments/%s.conf, or unset it."""
                        .formatted(url, environment.name()));
              });
    }
  }
}
