package com.soundcore.kcp.config;

/**
 * The single calls that a report shows, and their links to the system's traces.
 *
 * @param slowest number of slowest calls of each service
 * @param failed number of calls of each operation with the same failure
 * @param answerCharacters number of characters kept from the start of a wrong response; 0 for none
 * @param tracedShare fraction of calls with a W3C {@code traceparent} header; 0 for none
 * @param traceLink address of a trace, with {@code {trace}} for its id; empty for no link
 */
public record ExampleOptions(
    int slowest, int failed, int answerCharacters, double tracedShare, String traceLink) {
  /** The variable for a trace's id in a link. */
  public static final String TRACE = "{trace}";
}
