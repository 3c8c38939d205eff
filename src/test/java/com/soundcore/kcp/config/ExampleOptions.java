package com.soundcore.kcp.config;

/**
 * Single calls that a report shows, and how they are found again in the system's traces.
 *
 * @param slowest calls of each service
 * @param failed calls with the same failure, of each operation
 * @param answerCharacters characters kept of the start of a wrong answer; 0 for none
 * @param tracedShare of the calls that carry a W3C {@code traceparent}; 0 for none
 * @param traceLink where a trace is shown, with {@code {trace}} for its id; empty for no link
 */
public record ExampleOptions(
    int slowest, int failed, int answerCharacters, double tracedShare, String traceLink) {
  /** What stands for a trace's id in a link. */
  public static final String TRACE = "{trace}";
}
