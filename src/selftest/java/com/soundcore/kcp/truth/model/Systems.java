package com.soundcore.kcp.truth.model;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Healthy systems as they come: no two alike, and each as noisy as a real one. */
public final class Systems {
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;

  private final KcpConfig config;
  private final SplittableRandom random;

  public Systems(KcpConfig config, long seed) {
    this.config = config;
    this.random = new SplittableRandom(seed);
  }

  public SplittableRandom random() {
    return random;
  }

  public double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  /** One of the services, by chance. */
  public String service() {
    return config.serviceNames().get(random.nextInt(config.serviceNames().size()));
  }

  /** A second of a hold, by chance, well within it. */
  public int second(int from, int to) {
    return from + random.nextInt(Math.max(1, to - from));
  }

  /**
   * A healthy system: its slowest tenth far inside every target.
   *
   * @param share of its p95 target that a service's p95 has at most
   */
  public SystemUnderTest healthy(double share) {
    Map<String, ServiceModel> services = new LinkedHashMap<>();
    boolean oneProcess = random.nextInt(3) == 0;
    double pauseEvery = between(4, 40);
    double pauseMs = between(5, 60);
    for (Service service : config.allServices().values()) {
      ServiceModel model = service(service, share);
      if (oneProcess) {
        model = model.inProcess("all");
      }
      services.put(
          service.name(),
          // Of a shared process one service's collections are everybody's.
          oneProcess && !services.isEmpty()
              ? model
              : model.with(new Trouble.Pauses(pauseEvery, pauseMs, random.nextBoolean())));
    }
    SystemUnderTest system = new SystemUnderTest(services, 1_000_000);
    return random.nextInt(4) == 0
        ? system.sharingDatabase(workers(services), between(0.1, 0.5))
        : system;
  }

  /** So many that the database is never the limit. */
  private static int workers(Map<String, ServiceModel> services) {
    return services.values().stream().mapToInt(ServiceModel::workers).sum();
  }

  private ServiceModel service(Service service, double share) {
    double sigma = between(0.2, 0.6);
    double target = service.target().p95().toMillis() * share;
    // Noise and pauses come on top of the distribution's own p95.
    double slowest = target / (Math.exp(1.645 * sigma) * 2);
    double median = between(Math.min(2, slowest / 2), slowest);
    ServiceTime time =
        ServiceTime.lognormal(median, sigma).withTail(between(0, 0.01), between(2, 6));
    double perSecond = service.target().requestsPerSec() * config.run().loadScale();
    int workers = (int) Math.ceil(perSecond * time.meanMs() / 1000 / between(0.15, 0.4));
    return ServiceModel.of(service.name(), Math.max(4, workers), time)
        .with(new Trouble.Noise(0.9, between(0.02, 0.15)))
        .with(new Trouble.ColdCache(between(1, 3), between(3, 15)))
        // Far from using up a core.
        .withFootprint(Footprint.USUAL.withMemory(memory()).withCpu(0.05, 0));
  }

  /** A sawtooth, a cache that warms up, rows that the test creates, and ups and downs. */
  MemoryModel memory() {
    MemoryModel memory =
        MemoryModel.of(between(80, 300) * MIB)
            .with(new MemoryModel.Sawtooth(between(5, 80) * MIB, between(7, 60)))
            .with(new MemoryModel.Warming(between(5, 60) * MIB, between(10, 60)))
            .with(new MemoryModel.Rows(between(500, 4000), between(1, 20) * MIB))
            .with(new MemoryModel.Wander(between(0.5, 6) * MIB, 0.9));
    memory = random.nextBoolean() ? memory.asJvm() : memory;
    return random.nextBoolean() ? memory.limitedTo(between(0.75, 2) * GIB) : memory;
  }
}
