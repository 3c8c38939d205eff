package com.soundcore.kcp.verdict;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.run.RunMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a plan will not be able to prove, said before the first call. */
public final class Provabilities {
  private Provabilities() {}

  /** A sentence for each limit of each hold that this plan cannot prove of any system. */
  public static List<String> impossible(KcpConfig config, RunMetadata facts) {
    return sentences(config, facts, provability -> !provability.isPossible());
  }

  /** How many limits, over all holds, even a good system may not be proved to hold. */
  static int doubtful(KcpConfig config, RunMetadata facts) {
    return sentences(config, facts, provability -> !provability.isCertain()).size();
  }

  private static List<String> sentences(
      KcpConfig config, RunMetadata facts, Predicate<Provability> which) {
    Asserts asserts = Judge.testOf(config, facts).asserts();
    int settle = (int) config.gates().settle().toSeconds();
    List<Hold> stretches = Hold.judged(facts, asserts, settle, 0);
    List<String> sentences = new ArrayList<>();
    for (Map.Entry<String, List<Limit>> entry : Judge.limitsOf(config, asserts).entrySet()) {
      String subject = entry.getKey();
      if (facts.calls(subject)) {
        for (Limit limit : entry.getValue()) {
          for (Hold hold : stretches.stream().filter(of -> of.judges(limit)).toList()) {
            Provability provability =
                new Provability(
                    limit, hold.planned(facts, subject, limit), config.gates().confidence());
            if (which.test(provability)) {
              sentences.add(
                  subject + " " + limit.required() + hold.name() + ": " + provability.inWords());
            }
          }
        }
      }
    }
    return sentences;
  }
}
