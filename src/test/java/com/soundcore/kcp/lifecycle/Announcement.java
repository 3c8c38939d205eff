package com.soundcore.kcp.lifecycle;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.KcpConfig.RunOptions;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.run.CountsBySecond;
import com.soundcore.kcp.run.ObservedSystem;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.Provabilities;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.TrafficMix;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The console output before the load: the planned load and its targets. */
final class Announcement {
  private static final int MOST = 6;
  private static final double MEGA = 1e6;

  private final KcpConfig config;
  private final TestShape test;
  private final TrafficMix mix;
  private final Plan plan;
  private final String tag;
  private final String estimate;

  /**
   * @param searches whether the load adapts to measurements, so that the plan is an upper bound
   */
  Announcement(
      KcpConfig config, TestShape test, TrafficMix mix, Plan plan, String tag, boolean searches) {
    this.config = config;
    this.test = test;
    this.mix = mix;
    this.plan = plan;
    this.tag = tag;
    this.estimate = searches ? "at most" : "about";
  }

  /**
   * Prints the plan before anything is sent.
   *
   * @param facts the planned run
   */
  void before(RunMetadata facts) {
    Environment environment = config.environment();
    RunOptions run = config.run();
    line("");
    line("%s: %s", test.name(), test.about());
    line("  where     %s%s: %s", environment.name(), embedded(), environment.about());
    line(
        "  workload  %s, %s model, seed %d, run %s",
        mix.workload(), plan.model().name().toLowerCase(Locale.ROOT), run.seed(), tag);
    line("  shape     %s", plan.inWords());
    if (run.timeScale() != 1 || run.loadScale() != 1) {
      line(
          "  SCALED    time × %s, load × %s: this run says nothing of the unscaled test",
          run.timeScale(), run.loadScale());
    }
    if (plan.share().count() > 1) {
      line("  share     injector %d of %d", plan.share().index() + 1, plan.share().count());
    }
    for (TrafficMix.Part part : mix.parts()) {
      String name = part.service().name();
      line(
          "  %-10s %s %,.0f requests to %s",
          name, estimate, plan.plannedRequests(name, plan.share()), environment.urls().get(name));
    }
    facts.setup().partial().forEach(what -> line("  PARTIAL   %s", what));
    List<String> unprovable = Provabilities.impossible(config, facts);
    unprovable.stream().limit(MOST).forEach(what -> line("  NOT PROVED  %s", what));
    if (unprovable.size() > MOST) {
      line("  NOT PROVED  nor %d more limits", unprovable.size() - MOST);
    }
  }

  private String embedded() {
    return config.environment().startsBackend() ? " (EMBEDDED)" : "";
  }

  /**
   * Prints the last lines before the load: the observed system and the side effects of the load.
   */
  void start(int checks, ObservedSystem system, List<String> variety, double answerBytes) {
    LocalTime end = LocalTime.now().plusSeconds(plan.durationSeconds());
    line("  preflight %d checks passed", checks);
    system.rows().forEach((what, rows) -> line("  data      %s: %,d rows", what, rows));
    system.caveats().forEach(caveat -> line("  %s", caveat));
    variety.forEach(sentence -> line("  variety   %s", sentence));
    if (plan.model() == Model.OPEN) {
      cap();
    }
    new SideEffects(plan, mix).inWords().forEach(effect -> line("  leaves    %s", effect));
    budget(answerBytes);
    line(
        "  sending   %s %,.0f requests in %s, until %s",
        estimate,
        plan.plannedRequests(plan.share()),
        Units.text(Duration.ofSeconds(plan.durationSeconds())),
        end.truncatedTo(ChronoUnit.SECONDS));
    line("");
  }

  /** Prints the cost of the load for both sides. The size of a response is the preflight's mean. */
  private void budget(double answerBytes) {
    double requests = plan.plannedRequests(plan.share());
    Environment.Limits limits = config.environment().limits();
    line(
        "  budget    %s %,.0f rows created, %,.0f MB of answers, %,.0f MB of log here; at most %,d"
            + " requests and %,d minutes (kcp.max-requests, kcp.max-minutes)",
        estimate,
        new SideEffects(plan, mix).rows(),
        requests * answerBytes / MEGA,
        requests * config.generator().logBytesPerRequest() / MEGA,
        limits.maxRequests(),
        limits.maxMinutes());
  }

  void shed(InFlight inFlight) {
    CountsBySecond shed = inFlight.shedBySecond();
    shed.byService()
        .forEach(
            (service, seconds) -> {
              TreeSet<Integer> at = new TreeSet<>(seconds.keySet());
              line(
                  "shed: %,d arrivals at %s were dropped at the cap, the first after %s, the last"
                      + " after %s",
                  shed.total(service), service, after(at.first()), after(at.last()));
            });
  }

  private void cap() {
    double peak = plan.peakRequestsPerSec(plan.share()) * plan.share().count();
    line(
        "  cap       at most %,d requests in flight: at %,.0f req/s arrivals are dropped once"
            + " answers take %,.0f ms on average",
        plan.maxInFlight(), peak, 1000 * plan.maxInFlight() / peak);
  }

  private static String after(int second) {
    return Units.text(Duration.ofSeconds(second));
  }

  private static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
