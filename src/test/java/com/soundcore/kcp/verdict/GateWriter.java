package com.soundcore.kcp.verdict;

import com.soundcore.kcp.config.Units;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collector of a run's gates, each with its sentence. */
public final class GateWriter {
  /** Prefix of the reason why a disturbed gate proves nothing. */
  static final String DISTURBED = "the generator itself paused or waited at that time: ";

  private final List<Gate> gates = new ArrayList<>();
  private final List<String> disturbed = new ArrayList<>();

  /** Returns all gates in order. */
  public List<Gate> gates() {
    return List.copyOf(gates);
  }

  /**
   * Returns the messages of gates that failed, or were undecided, only because the generator itself
   * paused.
   */
  public List<String> disturbed() {
    return List.copyOf(disturbed);
  }

  void add(Gate gate) {
    gates.add(gate);
  }

  /** Adds a gate that either passes or fails. */
  void add(
      String id,
      String subject,
      String required,
      Double actual,
      String unit,
      long samples,
      boolean passed,
      String message) {
    Outcome outcome = passed ? Outcome.PASS : Outcome.FAIL;
    gates.add(new Gate(id, subject, required, actual, unit, samples, outcome, message));
  }

  /**
   * Adds a gate on a hold. If it fails or is undecided only because of disturbed seconds, its
   * outcome becomes NO_DATA: it does not describe the system.
   */
  void add(Hold hold, Gate gate, boolean passesUndisturbed) {
    boolean bad = gate.status() == Outcome.FAIL || gate.status() == Outcome.UNDECIDED;
    Gate of =
        new Gate(
            gate.id() + hold.suffix(),
            gate.subject(),
            gate.required(),
            gate.actual(),
            gate.unit(),
            gate.samples(),
            bad && passesUndisturbed ? Outcome.NO_DATA : gate.status(),
            gate.message(),
            gate.bound(),
            hold.name().isEmpty() ? null : hold.name().strip().replaceFirst("^in ", ""));
    if (of.status() != gate.status()) {
      disturbed.add(DISTURBED + gate.message());
    }
    gates.add(of);
  }

  /** Formats seconds as "1:05, 2:10 and 3 more". */
  static String clocks(Set<Integer> seconds) {
    List<String> first = seconds.stream().sorted().limit(3).map(Units::clock).toList();
    String text = String.join(", ", first);
    return seconds.size() > 3
        ? text + String.format(Locale.ROOT, " and %,d more", seconds.size() - 3)
        : text;
  }
}
