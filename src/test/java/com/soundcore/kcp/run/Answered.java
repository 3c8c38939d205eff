package com.soundcore.kcp.run;

import java.util.Comparator;
import java.util.List;

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
