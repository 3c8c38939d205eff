package com.soundcore.kcp.truth.model;

import com.soundcore.kcp.config.services.Target;

/** Kinds of noise that a healthy system has, all of them within its limits. */
public enum Noise {
  NONE,
  /** Slower for 1 to 60 s at a time. */
  SLOW_EPISODES,
  /** Errors come together, for 1 to 60 s at a time. */
  ERROR_EPISODES,
  /** Errors become more until the end. */
  RISING_ERRORS,
  /** All times rise by a tenth of the limit. */
  RISING_LATENCY,
  /** Autovacuum and checkpoints: half as slow again for some seconds, and regularly. */
  MAINTENANCE,
  GENERATOR_PAUSE,
  /** Figures of memory have garbage in them. */
  GARBAGE,
  /** Two or five instances behind a balancer. */
  INSTANCES,
  /** Most answers come from a cache. */
  CACHE;

  private static final double MIB = 1 << 20;
  private static final int LONGEST_TEST = 960;

  /** Whether it has errors of its own: half of what is allowed. */
  public boolean bringsErrors() {
    return this == ERROR_EPISODES || this == RISING_ERRORS;
  }

  /** A service with this noise. */
  public ServiceModel on(ServiceModel service, Target target, Systems systems) {
    ServiceModel noisy = service;
    double allowed = target.errorRate();
    switch (this) {
      case NONE, GENERATOR_PAUSE -> {}
      case SLOW_EPISODES -> {
        for (int at = systems.second(20, 100); at < LONGEST_TEST; at += systems.second(60, 200)) {
          int seconds = systems.second(1, 61);
          noisy =
              noisy.with(
                  new Trouble.Step(at, at + seconds, 0, systems.between(1.1, 1.6), Trouble.ALL));
          at += seconds;
        }
      }
      case ERROR_EPISODES -> {
        // An episode at the limit itself, and nothing for as long.
        for (int at = systems.second(0, 60); at < LONGEST_TEST; ) {
          int seconds = systems.second(1, 61);
          noisy =
              noisy.with(
                  new Trouble.ErrorEpisode(
                      at, at + seconds, allowed * 0.9, allowed * 0.9, Trouble.ALL));
          at += 2 * seconds;
        }
      }
      case RISING_ERRORS ->
          noisy =
              noisy.with(new Trouble.ErrorEpisode(0, LONGEST_TEST, 0, allowed * 0.5, Trouble.ALL));
      case RISING_LATENCY ->
          noisy = noisy.with(new Trouble.Drift(target.p95().toMillis() * 0.1 / LONGEST_TEST));
      case MAINTENANCE -> {
        int every = systems.second(30, 90);
        for (int at = systems.second(0, every); at < LONGEST_TEST; at += every) {
          noisy = noisy.with(new Trouble.Step(at, at + systems.second(1, 6), 0, 1.5, Trouble.ALL));
        }
      }
      case GARBAGE -> {
        MemoryModel memory =
            service
                .footprint()
                .memory()
                .asJvm()
                .with(
                    new MemoryModel.Garbage(
                        systems.between(20, 200) * MIB, systems.between(40, 300)));
        noisy = noisy.withFootprint(service.footprint().withMemory(memory));
      }
      case INSTANCES ->
          noisy = noisy.with(new Trouble.Instances(systems.random().nextBoolean() ? 2 : 5));
      case CACHE ->
          noisy = noisy.withTime(service.time().withTail(systems.between(0.5, 0.9), 0.05));
    }
    return noisy;
  }
}
