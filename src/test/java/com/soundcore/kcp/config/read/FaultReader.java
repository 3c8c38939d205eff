package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.Fault;
import com.soundcore.kcp.config.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A reader of {@code kcp.backend.faults}. Each kind has its own keys. */
final class FaultReader {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration DAY = Duration.ofDays(1);
  private static final long GIGABYTE = 1_000_000_000;

  private final Section section;
  private final Set<String> keys;
  private final Kind kind;

  private FaultReader(Section section) {
    this.section = section;
    this.kind = section.choice("kind", Kind.class);
    this.keys = kind.keys();
  }

  static List<Fault> read(Section backend) {
    return backend.sections("faults").stream().map(one -> new FaultReader(one).fault()).toList();
  }

  private Fault fault() {
    Optional<Duration> to = optional("to");
    if (kind == Kind.CRASH && to.isEmpty()) {
      section.problem("to", "is missing; a service that has crashed must come back");
    }
    return new Fault(
        section.text("service"),
        kind,
        section.has("operation") ? Optional.of(section.text("operation")) : Optional.empty(),
        optional("from").orElse(NONE),
        to,
        duration("delay"),
        keys.contains("share") ? section.share("share") : 1,
        keys.contains("size") ? section.wholeNumber("size", 1, GIGABYTE) : 0,
        keys.contains("rate") ? section.number("rate", 0, GIGABYTE) : 0,
        duration("lasting"));
  }

  private Duration duration(String key) {
    return keys.contains(key) ? section.duration(key, NONE, DAY) : NONE;
  }

  private Optional<Duration> optional(String key) {
    return section.has(key) ? Optional.of(section.duration(key, NONE, DAY)) : Optional.empty();
  }
}
