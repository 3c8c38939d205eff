package com.soundcore.kcp;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.KcpConfig.RunOptions;
import com.soundcore.kcp.config.TestShape;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.workload.InFlight;
import com.soundcore.kcp.workload.Mix;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What is told on the console: before anything is sent, what will be sent where. */
final class Announcement {
  private final KcpConfig config;
  private final TestShape test;
  private final Mix mix;
  private final Plan plan;
  private final String tag;
  private Instant startedAt;

  Announcement(KcpConfig config, TestShape test, Mix mix, Plan plan, String tag) {
    this.config = config;
    this.test = test;
    this.mix = mix;
    this.plan = plan;
    this.tag = tag;
  }

  void before() {
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
    for (Mix.Part part : mix.parts()) {
      String name = part.service().name();
      line(
          "  %-10s about %,.0f requests to %s",
          name, plan.plannedRequests(name, plan.share()), environment.urls().get(name));
    }
  }

  private String embedded() {
    return config.environment().startsBackend() ? " (EMBEDDED)" : "";
  }

  void start(int checks) {
    startedAt = Instant.now();
    LocalTime end = LocalTime.now().plusSeconds(plan.durationSeconds());
    line("  preflight %d checks passed", checks);
    line(
        "  sending   about %,.0f requests in %s, until %s",
        plan.plannedRequests(plan.share()),
        Units.text(Duration.ofSeconds(plan.durationSeconds())),
        end.truncatedTo(ChronoUnit.SECONDS));
    line("");
  }

  void shed(InFlight inFlight) {
    inFlight
        .shedByService()
        .forEach(
            (service, count) -> line("shed: %,d arrivals at %s were not sent", count, service));
    if (inFlight.shed() > 0) {
      line(
          "shed: the first %s after the start, the last %s",
          sinceStart(inFlight.shedBySecond().firstKey()),
          sinceStart(inFlight.shedBySecond().lastKey()));
    }
  }

  private String sinceStart(long epochSecond) {
    return Units.text(Duration.ofSeconds(Math.max(0, epochSecond - startedAt.getEpochSecond())));
  }

  private static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
