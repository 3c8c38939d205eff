package com.soundcore.kcp.finding.shared;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.FindingKind;
import com.soundcore.kcp.config.FindingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A machine under the services that is short of memory or waits for its disk. The kernel counts the
 * time in which processes waited for them (pressure stall information).
 */
final class ShortMachine {
  private final FindingKind kind;
  private final String figure;
  private final String what;

  private ShortMachine(FindingKind kind, String figure, String what) {
    this.kind = kind;
    this.figure = figure;
    this.what = what;
  }

  static ShortMachine ofMemory() {
    return new ShortMachine(FindingKind.MEMORY_PRESSURE, "memory-pressure", "for memory");
  }

  static ShortMachine ofDisk() {
    return new ShortMachine(FindingKind.HOST_DISK, "disk-pressure", "for its disk");
  }

  /**
   * Looks for the shortage on one machine.
   *
   * @return empty if the wait is about the same before or after the degradation
   */
  Optional<SharedCause> of(
      List<Degradation> degradations,
      String machine,
      ResourceFigures figures,
      FindingOptions.Machine options) {
    double limit = kind == FindingKind.HOST_DISK ? options.disk() : options.memory();
    List<String> evidence = new ArrayList<>();
    List<String> explained = new ArrayList<>();
    for (Degradation degradation : degradations) {
      double share = figures.mean(degradation, figure);
      Optional<Double> otherwise =
          figures.before(degradation, figure).or(() -> figures.after(degradation, figure));
      // With no healthy baseline, only a large increase counts.
      boolean rose = share >= otherwise.orElse(limit) * options.rise();
      if (share < limit || !rose) {
        continue;
      }
      explained.add(degradation.service());
      evidence.add(
          text(
              "something waited %s for %.0f %% of the time from %s%s%s",
              what,
              share * 100,
              degradation.span(),
              otherwise.map(was -> text(", for %.0f %% otherwise", was * 100)).orElse(""),
              left(degradation, figures)));
    }
    return explained.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SharedCause(kind, machine, evidence.stream().distinct().toList(), explained));
  }

  private String left(Degradation degradation, ResourceFigures figures) {
    double available = figures.least(degradation, "memory-available");
    return kind == FindingKind.MEMORY_PRESSURE && available > 0
        ? text("; at its lowest, %,.0f MB were available", available / 1e6)
        : "";
  }
}
