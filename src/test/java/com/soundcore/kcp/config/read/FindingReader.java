package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.FindingOptions.Drift;
import com.soundcore.kcp.config.FindingOptions.Kind;
import com.soundcore.kcp.config.FindingOptions.Recovery;
import com.soundcore.kcp.config.FindingOptions.Rise;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** A reader of {@code kcp.findings}. */
final class FindingReader {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double MOST_CORES = 10_000;
  private static final long MOST = 1_000_000_000_000L;

  private final Section section;

  FindingReader(Section kcp) {
    this.section = kcp.section("findings");
  }

  FindingOptions read() {
    return new FindingOptions(
        section.share("backlog"),
        section.wholeNumber("level-samples", 1, MOST),
        recovery(section.section("recovery")),
        drift(section.section("drift")),
        degraded(section.section("degraded")),
        change(section.section("change")),
        section.share("errors"),
        section.number("cpu-limit", 0, MOST_CORES),
        cpuLimits(section.section("cpu-limits")),
        section.share("cpu-share"),
        section.share("collecting"),
        section.share("memory-full"),
        section.share("pool-waiting"),
        section.share("line-spread"),
        section.wholeNumber("line-bytes-per-answer", 1, MOST),
        section.share("growth"),
        section.wholeNumber("metrics-page-bytes", 1, MOST),
        section.duration("outage", Duration.ofSeconds(1), HOUR),
        database(section.section("database")),
        machine(section.section("machine")),
        kinds(section.section("kinds")));
  }

  private static FindingOptions.Database database(Section section) {
    return new FindingOptions.Database(
        section.number("sessions", 0, MOST),
        section.number("rise", 0, MOST),
        section.number("ready", 0, MOST),
        section.share("connections"),
        section.share("held"),
        section.share("share"),
        section.share("misses"));
  }

  private static FindingOptions.Machine machine(Section section) {
    return new FindingOptions.Machine(
        section.share("memory"), section.share("disk"), section.number("rise", 1, MOST));
  }

  private static Map<String, Double> cpuLimits(Section section) {
    Map<String, Double> limits = new TreeMap<>();
    section
        .keys()
        .forEach(service -> limits.put(service, section.number(service, 0.01, MOST_CORES)));
    return limits;
  }

  private static Rise degraded(Section section) {
    return new Rise(section.number("times", 1, 1000), section.duration("least", NONE, HOUR));
  }

  private static Rise change(Section section) {
    return new Rise(section.share("share"), section.duration("least", NONE, HOUR));
  }

  private static Recovery recovery(Section section) {
    return new Recovery(
        section.number("times", 0, 1000),
        section.duration("least", NONE, HOUR),
        section.duration("window", Duration.ofSeconds(1), HOUR),
        section.duration("notable", NONE, HOUR));
  }

  private static Drift drift(Section section) {
    return new Drift(
        section.share("significance"),
        section.share("share"),
        section.share("goes-on"),
        section.number("full-within", 0, 1_000_000),
        section.wholeNumber("created-row-bytes", 0, MOST),
        section.duration("shortest", Duration.ofSeconds(1), HOUR),
        section.wholeNumber("least-ms", 0, MOST),
        section.wholeNumber("least-memory-bytes", 0, MOST),
        section.wholeNumber("least-files", 0, MOST),
        section.number("least-error-percent", 0, 100));
  }

  /**
   * Requires the words of every kind, so that a missing one fails at the start and not during a
   * run.
   */
  private static Map<FindingKind, Kind> kinds(Section section) {
    Map<FindingKind, Kind> kinds = new EnumMap<>(FindingKind.class);
    for (FindingKind kind : FindingKind.values()) {
      Section words = section.section(kind.key());
      kinds.put(
          kind,
          new Kind(words.text("title"), words.texts("alternatives"), words.texts("remedies")));
    }
    return kinds;
  }
}
