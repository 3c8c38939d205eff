package com.soundcore.kcp.verdict;

import com.soundcore.kcp.run.Subject;

/**
 * One requirement and its outcome.
 *
 * @param id unique in a verdict, such as "knowledge.p95", or "knowledge.p95.hold-2" if the test has
 *     several holds
 * @param subject a service, "all", or "service / operation"
 * @param required the requirement in words, such as "p95 &lt; 300 ms"
 * @param actual the measured value; null if nothing was measured
 * @param unit of the actual value
 * @param samples number of requests that were judged
 * @param status the outcome
 * @param message requirement and outcome in a sentence
 * @param bound the one-sided confidence bound that decided, in % of the calls; null if the gate is
 *     not about a share of calls
 * @param hold the hold that was judged; null if the whole run was
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
  /** Creates a gate on the whole run that is not about a share of calls. */
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

  /** Returns the id of the same gate on the service of this operation. */
  String idOfItsService() {
    return Subject.serviceOf(subject) + id.substring(subject.length());
  }

  /** Returns the requirement with the service's name: "knowledge p95 &lt; 300 ms". */
  String requiredOfItsService() {
    return Subject.serviceOf(subject) + " " + required;
  }

  /** The outcome of a gate. Only PASS passes. */
  public enum Outcome {
    PASS,
    FAIL,
    /** Neither proved nor refuted, and the plan could not prove it: a caveat. */
    NOT_PROVED,
    /** Neither proved nor refuted, but the plan could prove it: a longer run decides. */
    UNDECIDED,
    /** Too little was measured: the run is invalid. */
    NO_DATA;

    /** Explains in a sentence why a gate neither passed nor failed; empty for PASS and FAIL. */
    public String meaning() {
      return switch (this) {
        case PASS, FAIL -> "";
        case NOT_PROVED -> "NOT PROVED: neither held nor missed; this plan cannot prove it.";
        case UNDECIDED -> "UNDECIDED: neither held nor missed so far; a longer run decides.";
        case NO_DATA -> "NOT JUDGED: too little was measured; see why above.";
      };
    }

    /** Returns the outcome in words for reports. */
    public String words() {
      return this == NO_DATA ? "NOT JUDGED" : name().replace('_', ' ');
    }
  }
}
