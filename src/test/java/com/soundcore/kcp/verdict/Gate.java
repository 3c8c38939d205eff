package com.soundcore.kcp.verdict;

/**
 * One requirement and what became of it.
 *
 * @param id unique in a verdict, such as "knowledge.p95"
 * @param subject whose it is: a service, "all", or "service / operation"
 * @param required in words, such as "p95 &lt; 300 ms"
 * @param actual what was measured; null where nothing was
 * @param unit of the actual value
 * @param samples on how many requests
 * @param status the outcome
 * @param message all of it in a sentence
 */
public record Gate(
    String id,
    String subject,
    String required,
    Double actual,
    String unit,
    long samples,
    Outcome status,
    String message) {
  /** What became of a gate. Too few samples are never a pass. */
  public enum Outcome {
    PASS,
    FAIL,
    NO_DATA
  }
}
