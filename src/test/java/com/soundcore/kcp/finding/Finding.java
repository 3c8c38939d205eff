package com.soundcore.kcp.finding;

import java.util.List;

/**
 * A problem of a service.
 *
 * @param kind key of the kind in {@code conf/findings.conf}
 * @param title of the kind, in words
 * @param service the affected service or shared resource
 * @param operation the affected operation; null if the finding concerns the whole service
 * @param evidence sentences with numbers and times; at least one
 * @param alternatives other possible explanations
 * @param remedies what to do
 * @param fromSecond second of the load in which the problem first shows; null if it has no
 *     beginning
 * @param toSecond second in which it last shows; null if it has no end
 */
public record Finding(
    String kind,
    String title,
    String service,
    String operation,
    List<String> evidence,
    List<String> alternatives,
    List<String> remedies,
    Integer fromSecond,
    Integer toSecond) {

  /** Returns a copy with this time. */
  Finding within(ServiceSignals.Span span) {
    return new Finding(
        kind, title, service, operation, evidence, alternatives, remedies, span.from(), span.to());
  }

  /** Returns a headline such as "analytics / search: One operation got slow". */
  public String sentence() {
    return service + (operation == null ? "" : " / " + operation) + ": " + title;
  }
}
