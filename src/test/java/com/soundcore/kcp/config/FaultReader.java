package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code kcp.backend.faults}. */
final class FaultReader {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration DAY = Duration.ofDays(1);

  private FaultReader() {}

  static List<Fault> read(Section backend) {
    return backend.sections("faults").stream().map(FaultReader::fault).toList();
  }

  private static Fault fault(Section section) {
    Duration from = optional(section, "from").orElse(NONE);
    return new Fault(
        section.text("service"),
        section.choice("kind", Fault.Kind.class),
        section.has("operation") ? Optional.of(section.text("operation")) : Optional.empty(),
        from,
        optional(section, "to"),
        section.duration("delay", NONE, DAY));
  }

  private static Optional<Duration> optional(Section section, String key) {
    return section.has(key) ? Optional.of(section.duration(key, NONE, DAY)) : Optional.empty();
  }
}
