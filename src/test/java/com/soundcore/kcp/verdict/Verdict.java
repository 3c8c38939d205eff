package com.soundcore.kcp.verdict;

import com.soundcore.kcp.run.Status;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.verdict.Gate.Outcome;
import com.soundcore.kcp.verdict.comparison.Comparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run proves.
 *
 * @param status INVALID before FAIL before UNDECIDED before PASS
 * @param reasons why, in sentences, the weightiest first
 * @param interruptions those of the reasons that are neither a gate's nor the generator's
 * @param gates every requirement
 * @param generator how the generator itself was
 * @param comparisons comparisons with each earlier run that was given, the baseline first; they
 *     decide nothing
 */
public record Verdict(
    Status status,
    List<String> reasons,
    List<String> interruptions,
    List<Gate> gates,
    GeneratorHealth generator,
    List<Comparison> comparisons) {

  /**
   * Puts it together. A generator that could not keep up, or a run that did not end, proves
   * nothing, whatever the gates say; a run without gates proves nothing either.
   *
   * @param interruptions why the run's measurements are not whole; empty where they are
   */
  static Verdict of(List<String> interruptions, List<Gate> gates, GeneratorHealth generator) {
    List<String> failed = failed(gates);
    List<String> unknown = messages(gates, Outcome.NO_DATA);
    List<String> undecided = messages(gates, Outcome.UNDECIDED);
    List<String> spoiled =
        interruptions.stream().filter(why -> why.startsWith(GateWriter.DISTURBED)).toList();
    // The generator's own fault comes before the gates that it spoiled.
    List<String> invalid = new ArrayList<>(interruptions);
    invalid.removeAll(spoiled);
    invalid.addAll(generator.messages());
    invalid.addAll(spoiled);
    if (gates.isEmpty()) {
      invalid.add("there is nothing to judge: no gate applies to this run");
    }
    List<String> reasons = new ArrayList<>(invalid);
    reasons.addAll(failed);
    unknown.stream().filter(message -> !reasons.contains(message)).forEach(reasons::add);
    reasons.addAll(undecided);
    Status status;
    if (!invalid.isEmpty()) {
      status = Status.INVALID;
    } else if (!failed.isEmpty()) {
      status = Status.FAIL;
    } else if (!unknown.isEmpty()) {
      status = Status.INVALID;
    } else if (!undecided.isEmpty()) {
      status = Status.UNDECIDED;
    } else {
      status = Status.PASS;
      reasons.add(held(gates));
    }
    return new Verdict(status, reasons, List.copyOf(interruptions), gates, generator, List.of());
  }

  private static String held(List<Gate> gates) {
    int open = messages(gates, Outcome.NOT_PROVED).size();
    return open == 0
        ? "all " + gates.size() + " gates held"
        : gates.size() - open + " of " + gates.size() + " gates held, " + open + " not proved";
  }

  /**
   * The same with what the findings require, and what makes them doubtful.
   *
   * @param more gates
   * @param doubts why nothing is proved, in sentences
   */
  public Verdict with(List<Gate> more, List<String> doubts) {
    List<Gate> all = new ArrayList<>(gates);
    all.addAll(more);
    List<String> why = new ArrayList<>(interruptions);
    why.addAll(doubts);
    Verdict whole = of(why, all, generator);
    return new Verdict(whole.status, whole.reasons, why, all, generator, comparisons);
  }

  /**
   * If a service misses a limit, its operations that also miss it are not listed as further
   * reasons.
   */
  private static List<String> failed(List<Gate> gates) {
    Set<String> failed =
        gates.stream()
            .filter(gate -> gate.status() == Outcome.FAIL)
            .map(Gate::id)
            .collect(Collectors.toSet());
    return gates.stream()
        .filter(gate -> gate.status() == Outcome.FAIL)
        .filter(
            gate -> !Subject.isOperation(gate.subject()) || !failed.contains(gate.idOfItsService()))
        .map(Gate::message)
        .toList();
  }

  /**
   * What this run could not prove though it may be so, in sentences: one for each service, and one
   * for the operations of a service whose own limit was proved.
   */
  public List<String> notProved() {
    Set<String> services = new HashSet<>();
    Map<String, Set<String>> operations = new LinkedHashMap<>();
    List<String> sentences = new ArrayList<>();
    for (Gate gate : gates) {
      if (gate.status() != Outcome.NOT_PROVED) {
        continue;
      }
      if (!Subject.isOperation(gate.subject())) {
        services.add(gate.id());
        sentences.add(gate.message());
      } else if (!services.contains(gate.idOfItsService())) {
        operations
            .computeIfAbsent(gate.requiredOfItsService(), key -> new LinkedHashSet<>())
            .add(Subject.nameOf(gate.subject()));
      }
    }
    operations.forEach(
        (required, names) -> sentences.add(Provabilities.ofOperations(required, names)));
    return sentences;
  }

  /** Returns a copy with comparisons with earlier runs. */
  public Verdict beside(List<Comparison> earlier) {
    return new Verdict(status, reasons, interruptions, gates, generator, earlier);
  }

  /** The comparison with the baseline, if one was given. */
  public Optional<Comparison> baseline() {
    return comparisons.stream().findFirst();
  }

  private static List<String> messages(List<Gate> gates, Outcome outcome) {
    return gates.stream().filter(gate -> gate.status() == outcome).map(Gate::message).toList();
  }
}
