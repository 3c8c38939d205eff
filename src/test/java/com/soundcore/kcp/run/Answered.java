package com.soundcore.kcp.run;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Counts of the calls that finished, correctly or not. */
public record Answered(long ok, long failed) {
  /**
   * A call that the report shows: among the slowest, or the first of its kind to fail.
   *
   * @param second of the load in which it was sent
   * @param request "service / operation"
   * @param call its method and URL
   * @param millis until it finished
   * @param wrong the error in words; empty if the call was only slow
   * @param answer the beginning of a wrong answer, without secrets; may be empty
   * @param trace its trace id; empty if it had none
   * @param link to its trace; empty if no link is configured
   */
  public record Example(
      double second,
      String request,
      String call,
      int millis,
      String wrong,
      String answer,
      String trace,
      String link) {
    // The report renders this as a link. Other schemes could run or open something there.
    private static final Pattern LINK = Pattern.compile("(?i)https?://.*");

    /** Replaces missing values, and a link that is not an HTTP URL, by empty strings. */
    public Example {
      request = Objects.requireNonNullElse(request, "");
      call = Objects.requireNonNullElse(call, "");
      wrong = Objects.requireNonNullElse(wrong, "");
      answer = Objects.requireNonNullElse(answer, "");
      trace = Objects.requireNonNullElse(trace, "");
      link = link != null && LINK.matcher(link).matches() ? link : "";
    }

    /** Sorts failed calls first, by time, then slow calls, the slowest first. */
    public static List<Example> inOrder(List<Example> some) {
      return some.stream()
          .sorted(
              Comparator.comparing((Example one) -> one.wrong().isEmpty())
                  .thenComparing(one -> one.wrong().isEmpty() ? -one.millis() : one.second()))
          .toList();
    }
  }
}
