package com.soundcore.kcp.run;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Calls that ended, correctly or not. */
public record Answered(long ok, long failed) {
  /**
   * A call that the report shows: among the slowest, or the first of its kind to fail.
   *
   * @param second of the load in which it was sent
   * @param request "service / operation"
   * @param call its method and URL
   * @param millis until its end
   * @param wrong what was wrong with it, in words; empty where it was only slow
   * @param answer the beginning of a wrong answer, without secrets; may be empty
   * @param trace the id of its trace; empty where it had none
   * @param link where that is shown; empty where nobody said
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
    // A page makes a link of it: no other scheme runs or opens anything there.
    private static final Pattern LINK = Pattern.compile("(?i)https?://.*");

    /** What is missing is empty, as is a link that leads to no page. */
    public Example {
      request = Objects.requireNonNullElse(request, "");
      call = Objects.requireNonNullElse(call, "");
      wrong = Objects.requireNonNullElse(wrong, "");
      answer = Objects.requireNonNullElse(answer, "");
      trace = Objects.requireNonNullElse(trace, "");
      link = link != null && LINK.matcher(link).matches() ? link : "";
    }

    /** The failed ones first, by their time, then the others, the slowest first. */
    public static List<Example> inOrder(List<Example> some) {
      return some.stream()
          .sorted(
              Comparator.comparing((Example one) -> one.wrong().isEmpty())
                  .thenComparing(one -> one.wrong().isEmpty() ? -one.millis() : one.second()))
          .toList();
    }
  }
}
