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
 * The verdict on a run.
 *
 * @param status INVALID before FAIL before UNDECIDED before PASS
 * @param reasons why, in sentences, the most important first
 * @param interruptions the reasons that come neither from a gate nor from the generator
 * @param gates all requirements
 * @param generator the generator's health
 * @param comparisons with each earlier run that was given, the baseline first; they do not affect
 *     the status
 */
public record Verdict(
    Status status,
    List<String> reasons,
    List<String> interruptions,
    List<Gate> gates,
    GeneratorHealth generator,
    List<Comparison> comparisons) {

  /**
   * Derives the verdict. If the generator could not keep up, or the run did not finish, the run
   * proves nothing, whatever its gates show. A run without gates proves nothing either.
   *
   * @param interruptions why the measurements are incomplete; empty if they are complete
   */
  static Verdict of(List<String> interruptions, List<Gate> gates, GeneratorHealth generator) {
    List<String> failed = failed(gates);
    List<String> unknown = messages(gates, Outcome.NO_DATA);
    List<String> undecided = messages(gates, Outcome.UNDECIDED);
    List<String> spoiled =
        interruptions.stream().filter(why -> why.startsWith(GateWriter.DISTURBED)).toList();
    // The generator's own fault comes before the gates that it disturbed.
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
   * Returns a copy with the gates that the findings require and with their doubts.
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
   * Leaves out an operation's failure if its service also fails the same gate, so that the reason
   * appears once.
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
   * Describes what this run could neither prove nor refute. Each service has its own sentence. The
   * operations of a service share one if the service's own limit was proved.
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

  /** Returns the comparison with the baseline, if one was given. */
  public Optional<Comparison> baseline() {
    return comparisons.stream().findFirst();
  }

  private static List<String> messages(List<Gate> gates, Outcome outcome) {
    return gates.stream().filter(gate -> gate.status() == outcome).map(Gate::message).toList();
  }
}
