package com.soundcore.kcp.injection;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.KcpConfig.RunOptions;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Stage;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.run.LoadProfile;
import com.soundcore.kcp.workload.TrafficMix;
import io.gatling.javaapi.core.ClosedInjectionStep;
import io.gatling.javaapi.core.OpenInjectionStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The planned load of a run, second by second.
 *
 * <p>In the closed model, levels are concurrent users, and the request rate follows from the
 * duration of an iteration. In the open model, levels are arrival rates. A test written in users
 * can run open at the equivalent arrival rate. By Little's law (J. D. C. Little, 1961), users =
 * rate × time that a user spends.
 */
public final class Plan {
  private final TestShape test;
  private final Model model;
  private final TrafficMix mix;
  private final RunOptions run;
  private final Share share;
  private final List<Stage> stages;
  private final double targetsOfAll;
  private final Map<String, Arrivals> arrivals = new LinkedHashMap<>();
  private final Users users;

  /**
   * @param test the test as configured
   * @param mix the workload over the selected services
   * @throws ConfigException if the test cannot run in the requested model
   */
  public Plan(KcpConfig config, TestShape test, TrafficMix mix) {
    this.test = test;
    this.mix = mix;
    this.run = config.run();
    this.model = config.modelOf(test);
    this.share = new Share(config.injector().index(), config.injector().count());
    if (test.model() == Model.OPEN && model == Model.CLOSED) {
      throw new ConfigException(
          List.of(
              "kcp.injection was 'closed'; %s is written in requests per second and runs only open"
                  .formatted(test.name())));
    }
    this.stages = new Scaling(run.timeScale(), run.loadScale()).of(test.stages(), test.model());
    this.targetsOfAll =
        config.allServices().values().stream().mapToDouble(s -> s.target().requestsPerSec()).sum();
    this.users = new Users(test.model() == Model.CLOSED ? stages : List.of());
    for (TrafficMix.Part part : mix.parts()) {
      arrivals.put(part.service().name(), new Arrivals(stages, startsPerSecPerLevel(part)));
    }
  }

  /**
   * Starts per second of a service's journey, for each user or for each request per second of the
   * level.
   */
  private double startsPerSecPerLevel(TrafficMix.Part part) {
    if (test.model() == Model.CLOSED) {
      return part.startsPerIteration() / secondsPerIteration();
    }
    return part.service().target().requestsPerSec() / targetsOfAll / part.requestsPerStart();
  }

  /** Returns the expected duration of one user's iteration in seconds, including think time. */
  double secondsPerIteration() {
    double thinking = (run.thinkMin().toNanos() + run.thinkMax().toNanos()) / 2e9;
    double answers = run.expectedResponseTime().toNanos() / 1e9 * mix.requestsPerIteration();
    return thinking + mix.pauseSecondsPerIteration() + answers;
  }

  public Model model() {
    return model;
  }

  /** Returns this injector's share. */
  public Share share() {
    return share;
  }

  /** Returns the scaled stages. Their levels are those of the whole fleet. */
  public List<Stage> stages() {
    return stages;
  }

  public long durationSeconds() {
    return stages.stream().mapToLong(stage -> stage.duration().toSeconds()).sum();
  }

  /** Returns a share's concurrent users in a second, counted from 0; closed model only. */
  public long usersAt(long second, Share part) {
    return users.at(second, part);
  }

  /** Returns a share's arrivals at a service in a stage, counted from 0; open model only. */
  public long arrivals(String service, int stage, Share part) {
    return arrivals.get(service).inStage(stage, part);
  }

  /** Returns a share's arrivals at all services over the whole run; open model only. */
  public long totalArrivals(Share part) {
    return arrivals.values().stream().mapToLong(a -> a.total(part)).sum();
  }

  /**
   * Returns the planned rate of a service at a moment, over all injectors; an expectation in the
   * closed model.
   */
  public double requestsPerSecAt(double second, String service) {
    return levelAt(second) * requestsPerSecPerLevel(part(service));
  }

  /** Returns the planned rate of all services at a moment, over all injectors. */
  public double requestsPerSecAt(double second) {
    return mix.parts().stream()
        .mapToDouble(part -> requestsPerSecAt(second, part.service().name()))
        .sum();
  }

  /**
   * Returns the planned rate of a service at the end of a stage, counted from 0, over all
   * injectors.
   */
  public double requestsPerSecAfter(int stage, String service) {
    return stages.get(stage).to() * requestsPerSecPerLevel(part(service));
  }

  /** Returns the cap on requests in flight at peak load, over all injectors. */
  public int maxInFlight() {
    double most = 0;
    for (int second = 0; model == Model.CLOSED && second < durationSeconds(); second++) {
      most = Math.max(most, usersAt(second, Share.WHOLE));
    }
    return run.inFlight().at(peakRequestsPerSec(share) * share.count(), most);
  }

  /**
   * Returns this injector's cap on requests in flight in a second; at least 1.
   *
   * @param load the planned load
   * @param part the fraction of the plan that is sent, because a search thins it
   */
  public int maxInFlight(LoadProfile load, int second, double part) {
    double rate = load.rps(second) * part * share.count();
    int all = run.inFlight().at(rate, load.users(second) * share.count());
    return (int) Math.max(1, share.of(all));
  }

  /** Returns a share's peak planned rate over all services. */
  public double peakRequestsPerSec(Share part) {
    double peak = stages.stream().mapToDouble(Stage::to).max().orElse(0);
    double perLevel = mix.parts().stream().mapToDouble(this::requestsPerSecPerLevel).sum();
    return peak * perLevel / part.count();
  }

  /**
   * Returns a share's planned requests to a service over the whole run; an expectation in the
   * closed model.
   */
  public double plannedRequests(String service, Share part) {
    TrafficMix.Part of = part(service);
    if (model == Model.OPEN) {
      return arrivals.get(service).total(part) * of.requestsPerStart();
    }
    return users.userSeconds(part) * requestsPerSecPerLevel(of);
  }

  /** Returns a share's planned requests to all services over the whole run. */
  public double plannedRequests(Share part) {
    return mix.parts().stream().mapToDouble(p -> plannedRequests(p.service().name(), part)).sum();
  }

  /** Returns Gatling's steps for this injector's share of a service's arrivals. */
  public OpenInjectionStep[] openSteps(Service service) {
    return arrivals.get(service.name()).steps(share);
  }

  /** Returns Gatling's steps for this injector's share of the users. */
  public ClosedInjectionStep[] closedSteps() {
    return users.steps(share);
  }

  /** Returns a description of the load shape. */
  public String inWords() {
    boolean converted = test.model() != model;
    String unit = test.model() == Model.CLOSED ? "users" : "req/s";
    String shape = Text.stages(stages, unit);
    return converted
        ? shape + " (each user as " + Text.level(1 / secondsPerIteration()) + " arrivals/s)"
        : shape;
  }

  private double requestsPerSecPerLevel(TrafficMix.Part part) {
    return startsPerSecPerLevel(part) * part.requestsPerStart();
  }

  private double levelAt(double second) {
    double start = 0;
    for (Stage stage : stages) {
      double length = stage.duration().toSeconds();
      if (second >= start && second < start + length) {
        return stage.from() + (stage.to() - stage.from()) * (second - start) / length;
      }
      start += length;
    }
    return 0;
  }

  private TrafficMix.Part part(String service) {
    return mix.parts().stream()
        .filter(part -> part.service().name().equals(service))
        .findFirst()
        .orElseThrow();
  }
}
