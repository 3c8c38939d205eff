package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.InFlightCap;
import com.soundcore.kcp.config.KcpConfig.GatlingReport;
import com.soundcore.kcp.config.KcpConfig.Generator;
import com.soundcore.kcp.config.KcpConfig.Injector;
import com.soundcore.kcp.config.KcpConfig.Preflight;
import com.soundcore.kcp.config.KcpConfig.RunOptions;
import com.soundcore.kcp.config.services.Workload;
import com.soundcore.kcp.config.tests.Model;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A reader of the options of a run: scales, injectors, preflight and generator limits. */
final class RunReader {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double MAX_SCALE = 1000;
  private static final String DATE = "date";
  private static final String AUTO = "auto";
  private static final int MOST_IN_FLIGHT = 1_000_000;

  private final Section kcp;

  RunReader(Section kcp) {
    this.kcp = kcp;
  }

  RunOptions run(Map<String, Workload> workloads) {
    Section think = kcp.section("think-time");
    Duration min = think.duration("min", NONE, HOUR);
    Duration max = think.duration("max", min, HOUR);
    return new RunOptions(
        optional("workload").map(name -> kcp.choice("workload", workloads.keySet())),
        optional("injection").map(name -> kcp.choice("injection", Model.class)),
        kcp.number("time-scale", 0, MAX_SCALE),
        kcp.number("load-scale", 0, MAX_SCALE),
        seed(),
        inFlight(),
        kcp.flag("include-costly"),
        kcp.flag("cleanup"),
        kcp.number("cleanup-per-second", 0, 10_000),
        kcp.text("confirm-production"),
        (int) kcp.wholeNumber("production-users", 0, 1000),
        min,
        max,
        kcp.duration("expected-response-time", NONE, HOUR),
        kcp.share("rate-tolerance"),
        kcp.texts("baseline"),
        kcp.text("results-folder"),
        kcp.flag("stop-with-parent"),
        kcp.choice("gatling-report", GatlingReport.class),
        kcp.texts("placeholders"),
        kcp.text("build"),
        kcp.text("note"));
  }

  /**
   * Accepts a number, or "date" for a new seed each day, so that nightly runs send different calls.
   */
  private long seed() {
    return kcp.text("seed").equals(DATE)
        ? Long.parseLong(LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE))
        : kcp.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Accepts a number, or "auto" for a cap that follows from the plan. */
  private InFlightCap inFlight() {
    Section auto = kcp.section("auto-in-flight");
    OptionalInt fixed =
        kcp.text("max-in-flight").equals(AUTO)
            ? OptionalInt.empty()
            : OptionalInt.of((int) kcp.wholeNumber("max-in-flight", 1, MOST_IN_FLIGHT));
    return new InFlightCap(
        fixed,
        (int) auto.wholeNumber("at-least", 1, MOST_IN_FLIGHT),
        auto.duration("time", NONE, HOUR));
  }

  private Optional<String> optional(String key) {
    return Optional.of(kcp.text(key)).filter(text -> !text.isEmpty());
  }

  Injector injector() {
    Section section = kcp.section("injector");
    int count = (int) section.wholeNumber("count", 1, 1000);
    return new Injector(
        (int) section.wholeNumber("index", 0, count - 1L),
        count,
        optional("start-at").flatMap(this::instant),
        Optional.of(section.text("barrier")).filter(text -> !text.isEmpty()),
        section.duration("barrier-timeout", Duration.ofSeconds(1), HOUR),
        Optional.of(section.text("conductor")).filter(text -> !text.isEmpty()),
        section.duration("max-start-gap", NONE, HOUR));
  }

  private Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      kcp.problem("start-at", "was '" + text + "'; must be a moment such as 2026-01-31T22:00:00Z");
      return Optional.empty();
    }
  }

  Preflight preflight() {
    Section section = kcp.section("preflight");
    Duration min = Duration.ofMillis(1);
    Duration call = section.duration("call-timeout", min, HOUR);
    return new Preflight(
        call,
        section.duration("total-timeout", call, HOUR),
        (int) section.wholeNumber("every-value-up-to", 0, 1000),
        section.text("description").isEmpty() ? "" : section.path("description"),
        section.path("about"),
        section.texts("development"),
        section.texts("builds"));
  }

  Generator generator() {
    Section section = kcp.section("generator");
    return new Generator(
        section.number("work-per-request", 0, 1e6),
        section.number("work-per-answer", 0, 1e6),
        section.share("max-cpu"),
        section.number("max-rate", 0, 10_000_000),
        (int) section.wholeNumber("spare-file-descriptors", 0, 1_000_000),
        (int) section.wholeNumber("log-bytes-per-request", 1, 10_000),
        (int) section.wholeNumber("spare-disk-mb", 0, 1_000_000),
        section.duration("max-lag", NONE, HOUR),
        section.duration("max-pause", NONE, HOUR),
        section.duration("disturbing-pause", Duration.ofMillis(1), HOUR),
        section.share("max-paused"),
        section.share("max-loop-late"),
        section.share("max-process-cpu"),
        section.duration("end-within", Duration.ofSeconds(1), HOUR));
  }
}
