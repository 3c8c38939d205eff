package com.soundcore.kcp.finding;

import java.util.List;

/**
 * Something that is wrong with a service.
 *
 * @param kind as {@code conf/findings.conf} names it
 * @param title of the kind, in words
 * @param service whose it is
 * @param operation the one that it concerns; null for all of the service's
 * @param evidence sentences with numbers and times; at least one
 * @param alternatives what else it could be
 * @param remedies what to do
 * @param fromSecond of the load, when it shows first; null where it has no beginning
 * @param toSecond when it shows last; null where it has none
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

  /** The same with its time. */
  Finding within(ServiceSignals.Span span) {
    return new Finding(
        kind, title, service, operation, evidence, alternatives, remedies, span.from(), span.to());
  }

  /** "analytics / search: One operation got slow". */
  public String sentence() {
    return service + (operation == null ? "" : " / " + operation) + ": " + title;
  }
}
