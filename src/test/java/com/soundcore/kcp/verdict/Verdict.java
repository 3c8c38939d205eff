package com.soundcore.kcp.verdict;

import com.soundcore.kcp.verdict.Gate.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run proves.
 *
 * @param status PASS, FAIL or INVALID
 * @param reasons why, in sentences, the weightiest first
 * @param gates every requirement
 * @param generator how the generator itself was
 * @param baseline the run beside an earlier one, where one was asked for; it decides nothing
 */
public record Verdict(
    Status status,
    List<String> reasons,
    List<Gate> gates,
    GeneratorHealth generator,
    Optional<Comparison> baseline) {

  /** The outcome of a run, and the exit code that tells it. */
  public enum Status {
    PASS(0),
    /** A requirement was measured and not met. */
    FAIL(2),
    /** Nothing was proved: too little was measured, or the generator was not able to measure. */
    INVALID(3);

    private final int exitCode;

    Status(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  /**
   * Puts it together. A generator that could not keep up, or a run that did not end, proves
   * nothing, whatever the gates say; a run without gates proves nothing either.
   *
   * @param interruptions why the run's measurements are not whole; empty where they are
   */
  static Verdict of(List<String> interruptions, List<Gate> gates, GeneratorHealth generator) {
    List<String> failed = messages(gates, Outcome.FAIL);
    List<String> unknown = messages(gates, Outcome.NO_DATA);
    List<String> invalid = new ArrayList<>(interruptions);
    invalid.addAll(generator.messages());
    if (gates.isEmpty()) {
      invalid.add("there is nothing to judge: no gate applies to this run");
    }
    List<String> reasons = new ArrayList<>(invalid);
    reasons.addAll(failed);
    reasons.addAll(unknown);
    Status status;
    if (!invalid.isEmpty()) {
      status = Status.INVALID;
    } else if (!failed.isEmpty()) {
      status = Status.FAIL;
    } else if (!unknown.isEmpty()) {
      status = Status.INVALID;
    } else {
      status = Status.PASS;
      reasons.add("all " + gates.size() + " gates held");
    }
    return new Verdict(status, reasons, gates, generator, Optional.empty());
  }

  /** The same beside an earlier run. */
  public Verdict beside(Comparison comparison) {
    return new Verdict(status, reasons, gates, generator, Optional.of(comparison));
  }

  private static List<String> messages(List<Gate> gates, Outcome outcome) {
    return gates.stream().filter(gate -> gate.status() == outcome).map(Gate::message).toList();
  }
}
