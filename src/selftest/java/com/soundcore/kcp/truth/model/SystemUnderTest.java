package com.soundcore.kcp.truth.model;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A system whose truth is known.
 *
 * @param services by name; every service that a test calls must be there
 * @param databaseWorkers how many calls the shared database serves at once; the calls of all
 *     services queue for them
 */
public record SystemUnderTest(Map<String, ServiceModel> services, int databaseWorkers) {
  private static final int ENOUGH = 1_000_000;
  private static final double USUAL_USE = 0.3;
  private static final ServiceTime USUAL_TIME = ServiceTime.lognormal(8, 0.5);

  /** What is known of the order of the services stays. */
  public SystemUnderTest {
    services = new LinkedHashMap<>(services);
  }

  /** One that uses 30 % of its workers at the services' scaled targets; the median is 8 ms. */
  public static SystemUnderTest healthy(KcpConfig config) {
    return healthy(config, USUAL_TIME, USUAL_USE);
  }

  /**
   * One without any trouble.
   *
   * @param time of every service
   * @param use the share of the workers that is busy at the services' scaled targets
   */
  public static SystemUnderTest healthy(KcpConfig config, ServiceTime time, double use) {
    Map<String, ServiceModel> services = new LinkedHashMap<>();
    for (Service service : config.allServices().values()) {
      double perSecond = service.target().requestsPerSec() * config.run().loadScale();
      int workers = (int) Math.ceil(perSecond * time.meanMs() / 1000 / use);
      services.put(service.name(), ServiceModel.of(service.name(), Math.max(2, workers), time));
    }
    return new SystemUnderTest(services, ENOUGH);
  }

  /** The same with one service changed. */
  public SystemUnderTest with(String service, UnaryOperator<ServiceModel> change) {
    Map<String, ServiceModel> changed = new LinkedHashMap<>(services);
    changed.computeIfPresent(service, (name, model) -> change.apply(model));
    if (!changed.containsKey(service)) {
      throw new IllegalArgumentException(
          "no service " + service + "; there are " + services.keySet());
    }
    return new SystemUnderTest(changed, databaseWorkers);
  }

  /** The same with every service changed. */
  public SystemUnderTest withAll(UnaryOperator<ServiceModel> change) {
    Map<String, ServiceModel> changed = new LinkedHashMap<>();
    services.forEach((name, model) -> changed.put(name, change.apply(model)));
    return new SystemUnderTest(changed, databaseWorkers);
  }

  /** The same where every service spends this share of its time in one shared database. */
  public SystemUnderTest sharingDatabase(int workers, double share) {
    return new SystemUnderTest(
        withAll(model -> model.withDatabaseShare(share)).services(), workers);
  }
}
