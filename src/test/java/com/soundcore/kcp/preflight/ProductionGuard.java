package com.soundcore.kcp.preflight;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.ProductionPlace;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.config.read.ProductionPlaces;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Stage;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.run.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The guard that keeps load off production, and secrets off unencrypted connections. */
public final class ProductionGuard {
  private static final String HARMLESS = "smoke";

  /** Keys that an unconfirmed Smoke may override: monitoring and storage. */
  private static final List<String> MAY_DIFFER =
      List.of(
          "kcp.env",
          "kcp.services",
          // A scale that adds too many users is refused by the limit on users.
          "kcp.load-scale",
          "kcp.seed",
          "kcp.build",
          "kcp.note",
          "kcp.live.",
          "kcp.monitoring.",
          "kcp.examples.",
          "kcp.tracing.",
          "kcp.baseline",
          "kcp.results-folder",
          "kcp.gatling-report",
          "kcp.cleanup",
          "kcp.preflight.",
          "kcp.stop-with-parent",
          "kcp.confirm-production",
          "gatling.simulationClass",
          "gatling.core.directory",
          "gatling.data.writers");

  private static final int PRODUCTION_USERS = 10;
  private static final int PRODUCTION_REQUESTS = 1500;
  private static final Duration PRODUCTION_TIME = Duration.ofMinutes(2);

  private ProductionGuard() {}

  /**
   * Refuses a test that production does not allow without a confirmation. Production is a place: a
   * URL that any environment file marks as production is production in every environment.
   *
   * @param secret whether the run would send a token or a password
   * @param overridden the names of all properties set for this run
   * @throws Refusal in that case; the message says what to do
   */
  public static void check(
      KcpConfig config, TestShape test, boolean secret, Collection<String> overridden) {
    Environment environment = config.environment();
    placeOf(environment)
        .filter(place -> !isConfirmed(config, place))
        .flatMap(
            place -> whyNotHarmless(config, test, overridden).map(why -> asked(config, place, why)))
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    checkSecret(environment, secret);
    SecretsInTransit.check(config, System.getenv());
  }

  /**
   * A planned load, summed over all injectors.
   *
   * @param requests the planned number; for a search, the maximum
   * @param lasting the time from the first to the last arrival
   * @param creates the operations that create rows
   */
  public record Load(double requests, Duration lasting, List<String> creates) {}

  /**
   * Refuses a planned load that exceeds the limits of its environment, or in production those of an
   * unconfirmed Smoke.
   *
   * @throws Refusal in that case; the message says what to do
   */
  public static void checkLoad(KcpConfig config, TestShape test, Load load) {
    Environment environment = config.environment();
    Environment.Limits limits = environment.limits();
    if (load.requests() > limits.maxRequests()) {
      throw tooMuch(
          environment,
          String.format(Locale.ROOT, "%,.0f requests", load.requests()),
          "max-requests",
          String.format(Locale.ROOT, "%,d", limits.maxRequests()));
    }
    if (load.lasting().compareTo(Duration.ofMinutes(limits.maxMinutes())) > 0) {
      throw tooMuch(
          environment, Units.text(load.lasting()), "max-minutes", limits.maxMinutes() + " minutes");
    }
    placeOf(environment)
        .filter(place -> !isConfirmed(config, place))
        .flatMap(place -> whyNotSmall(config, load).map(why -> asked(config, place, why)))
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  private static Refusal tooMuch(
      Environment environment, String planned, String key, String allowed) {
    return new Refusal(
        "This load plans %s, and kcp.%s of environment %s allows %s. No load was sent.\nScale it down (-Dkcp.load-scale, -Dkcp.time-scale), or allow more in conf/environments/%s.conf: that key is read from files alone."
            .formatted(planned, key, environment.name(), allowed, environment.name()));
  }

  private static Optional<String> whyNotSmall(KcpConfig config, Load load) {
    if (load.requests() > PRODUCTION_REQUESTS) {
      double tenths =
          Math.floor(10 * config.run().loadScale() * PRODUCTION_REQUESTS / load.requests());
      return Optional.of(
          String.format(
              Locale.ROOT,
              "it plans %,.0f requests, more than %,d (-Dkcp.load-scale=%s is small enough)",
              load.requests(),
              PRODUCTION_REQUESTS,
              Math.max(1, tenths) / 10));
    }
    if (load.lasting().compareTo(PRODUCTION_TIME) > 0) {
      return Optional.of("it lasts longer than " + Units.text(PRODUCTION_TIME));
    }
    return load.creates().isEmpty() || config.environment().limits().createsRows()
        ? Optional.empty()
        : Optional.of("it creates rows (" + String.join(", ", load.creates()) + ")");
  }

  private static Refusal asked(KcpConfig config, ProductionPlace place, String why) {
    return new Refusal(
        """
        %s, and this is more than a plain Smoke: %s. No load was sent.
        Test on staging first. If you mean it, say so: -Dkcp.confirm-production=%s\
        """
            .formatted(inWords(config.environment(), place), why, place.environment()));
  }

  /** Returns why an environment is production, in a sentence without a full stop. */
  public static String inWords(Environment environment, ProductionPlace place) {
    return place.environment().equals(environment.name())
        ? "Environment %s is marked production".formatted(environment.name())
        : "Environment %s leads to %s, which conf/environments/%s.conf marks as production"
            .formatted(environment.name(), place.url(), place.environment());
  }

  /**
   * Refuses to create or remove rows in production without a confirmation.
   *
   * @throws Refusal in that case; the message says what to do
   */
  public static void checkCleanup(KcpConfig config, boolean secret) {
    Environment environment = config.environment();
    placeOf(environment)
        .filter(place -> !isConfirmed(config, place))
        .ifPresent(
            place -> {
              throw new Refusal(
                  "%s. If you mean it, say so: -Dkcp.confirm-production=%s"
                      .formatted(inWords(environment, place), place.environment()));
            });
    checkSecret(environment, secret);
    SecretsInTransit.check(config, System.getenv());
  }

  /**
   * Returns the production place that an environment leads to, by its own file or by another file
   * that names the same place.
   */
  public static Optional<ProductionPlace> placeOf(Environment environment) {
    return placeOf(environment, ProductionPlaces::all);
  }

  static Optional<ProductionPlace> placeOf(
      Environment environment, Supplier<List<ProductionPlace>> places) {
    if (environment.production()) {
      URI first = environment.urls().values().stream().findFirst().orElse(URI.create("/"));
      return Optional.of(new ProductionPlace(environment.name(), first));
    }
    if (environment.isHere()) {
      // The machine that generates the load is never production.
      return Optional.empty();
    }
    return places.get().stream()
        .filter(place -> environment.urls().values().stream().anyMatch(url -> leadsTo(url, place)))
        .findFirst();
  }

  private static boolean leadsTo(URI url, ProductionPlace place) {
    return !Environment.isHere(url) && Origin.of(place.url()).isSame(Origin.of(url));
  }

  /**
   * Smoke without changes is harmless: few users, no costly calls, and overrides of monitoring and
   * storage only.
   */
  private static Optional<String> whyNotHarmless(
      KcpConfig config, TestShape test, Collection<String> overridden) {
    double users =
        test.stages().stream().mapToDouble(Stage::to).max().orElse(0) * config.run().loadScale();
    if (!test.name().equals(HARMLESS)) {
      return Optional.of("it is " + test.name());
    }
    int most = Math.min(PRODUCTION_USERS, config.run().productionUsers());
    if (config.modelOf(test) != Model.CLOSED || users > most) {
      return Optional.of("it has more than %d users".formatted(most));
    }
    if (config.run().includeCostly()) {
      return Optional.of("it makes calls that cost money");
    }
    return overridden.stream()
        .filter(name -> name.startsWith("kcp.") || name.startsWith("gatling."))
        .filter(name -> MAY_DIFFER.stream().noneMatch(key -> isOf(key, name)))
        .sorted()
        .findFirst()
        .map(name -> name + " is set");
  }

  private static boolean isOf(String key, String name) {
    return key.endsWith(".") ? name.startsWith(key) : name.equals(key);
  }

  private static boolean isConfirmed(KcpConfig config, ProductionPlace place) {
    return config.run().confirmProduction().equals(place.environment());
  }

  /**
   * Refuses to send a secret unencrypted to another machine.
   *
   * @throws Refusal in that case; the message says what to do
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
                    Use https in conf/environments/%s.conf, or unset it.\
                    """
                        .formatted(url, environment.name()));
              });
    }
  }
}
