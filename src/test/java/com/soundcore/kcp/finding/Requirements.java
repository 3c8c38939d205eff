package com.soundcore.kcp.finding;

import static com.soundcore.kcp.config.Units.text;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.config.tests.Model;
import com.soundcore.kcp.config.tests.Stage;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.finding.capacity.BreakingPoint;
import com.soundcore.kcp.finding.capacity.BreakingPoint.Level;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.verdict.Gate;
import com.soundcore.kcp.verdict.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The purpose of a test as gates: the level that must be held, no drift over a long hold, recovery
 * from a peak. A requirement that could not be measured is not proved, and its message says so.
 */
public final class Requirements {
  private static final String ALL = "all";

  private final KcpConfig config;
  private final RunMetadata facts;
  private final TestShape test;
  private final Asserts asserts;
  private final Findings findings;
  private final List<Gate> gates = new ArrayList<>();

  private Requirements(KcpConfig config, RunMetadata facts, Findings findings) {
    this.config = config;
    this.facts = facts;
    this.test = Judge.testOf(config, facts);
    this.asserts = test.asserts();
    this.findings = findings;
  }

  /** Returns the gates of a run that its findings decide. */
  public static List<Gate> of(KcpConfig config, RunMetadata facts, Findings findings) {
    if (!facts.hasPlan()) {
      return List.of();
    }
    return new Requirements(config, facts, findings).all();
  }

  private List<Gate> all() {
    asserts.holdsAtLeast().ifPresent(this::holds);
    if (asserts.noDrift()) {
      drift("latency-drift", "no drift of latency", List.of("p95"), true);
      drift("error-drift", "no drift of errors", List.of("errors"), true);
      drift(
          "memory-drift",
          "no drift of memory and files",
          List.of(Drifts.OLD_GENERATION, Drifts.MEMORY, Drifts.FILES),
          findings.memoryUnknown().isEmpty());
    }
    asserts.recoversWithin().ifPresent(limit -> recovers(limit.toSeconds()));
    return gates;
  }

  /**
   * Levels are compared as rates: in a scaled, partial or converted run the same level has another
   * rate.
   */
  private void holds(double level) {
    double required = level * rpsPerLevel();
    String unit = test.model() == Model.CLOSED ? "users" : "req/s";
    double scaled = level * config.run().loadScale();
    String what = text("holds at least %s %s", Units.fourDigits(scaled), unit);
    Optional<BreakingPoint> answer = findings.breakingPoint();
    if (answer.isEmpty() || isOpen(answer.get(), required)) {
      String why = answer.map(BreakingPoint::sentence).orElse("had no level to judge");
      gates.add(
          gate(
              "holds-at-least",
              what,
              null,
              "req/s",
              Gate.Outcome.NO_DATA,
              "it must hold at least " + Units.fourDigits(scaled) + " " + unit + ": it " + why));
      return;
    }
    Level held = answer.get().lastHeld();
    double rps = held == null ? 0 : held.plannedRps();
    Gate.Outcome outcome = outcome(answer.get(), required);
    gates.add(
        gate(
            "holds-at-least",
            what,
            rps,
            "req/s",
            outcome,
            text(
                "it must hold %s %s: it %s%s",
                Units.fourDigits(scaled),
                unit,
                answer.get().sentence(),
                outcome == Gate.Outcome.UNDECIDED
                    ? "; it was neither proved nor refuted that it holds as much"
                    : "")));
  }

  /** Levels are rounded to a tenth of a request per second. */
  private static Gate.Outcome outcome(BreakingPoint answer, double requiredRps) {
    Level held = answer.lastHeld();
    Level broken = answer.firstBroken();
    if (held != null && held.plannedRps() + 0.05 >= requiredRps * 0.999) {
      return Gate.Outcome.PASS;
    }
    boolean refuted = broken != null && broken.plannedRps() - 0.05 <= requiredRps * 1.001;
    return refuted ? Gate.Outcome.FAIL : Gate.Outcome.UNDECIDED;
  }

  private static boolean isOpen(BreakingPoint answer, double requiredRps) {
    return switch (answer.outcome()) {
      case GENERATOR, NOT_CONFIRMED -> true;
      case NOT_RECOVERED -> answer.firstBroken().plannedRps() > requiredRps * 1.001;
      default -> false;
    };
  }

  /** Returns the rate of all services in this run for one unit of the test's load. */
  private double rpsPerLevel() {
    double highest = test.stages().stream().mapToDouble(Stage::to).max().orElse(1);
    if (facts.end().search() == null) {
      double rps = facts.phases().stream().mapToDouble(Phase::totalRps).max().orElse(0);
      return rps / highest;
    }
    double all =
        config.allServices().values().stream().mapToDouble(s -> s.target().requestsPerSec()).sum();
    double asked =
        facts.operations().keySet().stream()
            .mapToDouble(name -> config.allServices().get(name).target().requestsPerSec())
            .sum();
    return facts.setup().loadScale() * asked / all;
  }

  private void drift(String name, String required, List<String> figures, boolean measured) {
    List<Drift> tested =
        findings.drifts().stream().filter(drift -> figures.contains(drift.figure())).toList();
    List<String> found =
        new ArrayList<>(tested.stream().filter(Drift::matters).map(Drift::sentence).toList());
    if (figures.contains("p95")) {
      found.addAll(findings.lastingSteps());
    }
    if (!found.isEmpty()) {
      String message = "there must be " + required + ": " + String.join("; ", found);
      gates.add(gate(name, required, (double) found.size(), "drifts", Gate.Outcome.FAIL, message));
      return;
    }
    boolean enough = measured && !tested.isEmpty() && longEnough();
    gates.add(
        gate(
            name,
            required,
            enough ? Double.valueOf(0) : null,
            "drifts",
            enough ? Gate.Outcome.PASS : Gate.Outcome.NOT_PROVED,
            enough
                ? text("there must be %s: none of %,d figures drifts", required, tested.size())
                : text("%s: not proved; %s", required, whyNotMeasured(measured))));
  }

  private boolean longEnough() {
    return findings.driftSeconds() >= config.findings().drift().shortest().toSeconds();
  }

  private String whyNotMeasured(boolean measured) {
    return measured
        ? text(
            "only %,d s of the longest hold can be used; it takes %,d s",
            findings.driftSeconds(), config.findings().drift().shortest().toSeconds())
        : text(
            "too few figures of the memory of %s (kcp.monitoring)",
            String.join(", ", findings.memoryUnknown()));
  }

  private void recovers(long limitSeconds) {
    String required = text("recovers within %,d s", limitSeconds);
    if (findings.recoveries().isEmpty()) {
      gates.add(
          gate(
              "recovery",
              required,
              null,
              "s",
              Gate.Outcome.NOT_PROVED,
              required
                  + ": not proved; the run has no peak with enough calls before and after it"));
    }
    Set<String> measured =
        findings.recoveries().stream().map(Recovery::service).collect(Collectors.toSet());
    for (String service : measured.isEmpty() ? Set.<String>of() : facts.operations().keySet()) {
      if (!measured.contains(service)) {
        gates.add(
            new Gate(
                service + ".recovery",
                service,
                required,
                null,
                "s",
                0,
                Gate.Outcome.NOT_PROVED,
                service + " " + required + ": not proved; too few calls before or after the peak"));
      }
    }
    for (Recovery recovery : findings.recoveries()) {
      boolean back =
          recovery.outcome() != Recovery.Outcome.NOT_RECOVERED
              && recovery.seconds() <= limitSeconds;
      gates.add(
          new Gate(
              recovery.service() + ".recovery",
              recovery.service(),
              required,
              recovery.seconds() == null ? null : Double.valueOf(recovery.seconds()),
              "s",
              1,
              back ? Gate.Outcome.PASS : Gate.Outcome.FAIL,
              text(
                  "%s must recover within %,d s: %s",
                  recovery.service(), limitSeconds, recovery.sentence())));
    }
  }

  private static Gate gate(
      String name,
      String required,
      Double actual,
      String unit,
      Gate.Outcome outcome,
      String message) {
    return new Gate(ALL + "." + name, ALL, required, actual, unit, 1, outcome, message);
  }
}
