package com.soundcore.kcp.verdict;

import com.soundcore.kcp.run.Subject;

/**
 * One requirement and its outcome.
 *
 * @param id unique in a verdict, such as "knowledge.p95", or "knowledge.p95.hold-2" where a test
 *     has several holds
 * @param subject whose it is: a service, "all", or "service / operation"
 * @param required in words, such as "p95 &lt; 300 ms"
 * @param actual what was measured; null where nothing was
 * @param unit of the actual value
 * @param samples on how many requests
 * @param status the outcome
 * @param message requirement and outcome in a sentence
 * @param bound the one-sided confidence bound that decided, in % of the calls; null where the gate
 *     is no statement about a share of calls
 * @param hold which hold of the test; null where it is judged over all of the run
 */
public record Gate(
    String id,
    String subject,
    String required,
    Double actual,
    String unit,
    long samples,
    Outcome status,
    String message,
    Double bound,
    String hold) {
  /** One that is judged over all of the run, and on no share of calls. */
  public Gate(
      String id,
      String subject,
      String required,
      Double actual,
      String unit,
      long samples,
      Outcome status,
      String message) {
    this(id, subject, required, actual, unit, samples, status, message, null, null);
  }

  /** The id of the same gate of the service that an operation belongs to. */
  String idOfItsService() {
    return Subject.serviceOf(subject) + id.substring(subject.length());
  }

  /** "knowledge p95 &lt; 300 ms". */
  String requiredOfItsService() {
    return Subject.serviceOf(subject) + " " + required;
  }

  /** What became of a gate. Only the first is a pass. */
  public enum Outcome {
    PASS,
    FAIL,
    /** Neither, on a plan that could not prove it: a caveat. */
    NOT_PROVED,
    /** Neither, on a plan that could have proved it: a longer run decides. */
    UNDECIDED,
    /** Too little was measured: the run is invalid. */
    NO_DATA;

    /** Why a gate neither held nor failed, in a sentence; empty where it did one of the two. */
    public String meaning() {
      return switch (this) {
        case PASS, FAIL -> "";
        case NOT_PROVED -> "NOT PROVED: neither held nor missed; this plan cannot prove it.";
        case UNDECIDED -> "UNDECIDED: neither held nor missed so far; a longer run decides.";
        case NO_DATA -> "NOT JUDGED: too little was measured; see why above.";
      };
    }

    /** As people read it. */
    public String words() {
      return this == NO_DATA ? "NOT JUDGED" : name().replace('_', ' ');
    }
  }
}
