package com.soundcore.kcp.verdict;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.tests.Asserts;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The limits that a plan cannot prove, known before the first call. */
public final class Provabilities {
  private Provabilities() {}

  /**
   * Returns a sentence for each limit of each hold that this plan cannot prove of any system. The
   * operations of a service share one sentence. They are listed only if the plan can prove the
   * limit of the whole service.
   */
  public static List<String> impossible(KcpConfig config, RunMetadata facts) {
    Set<String> services = new HashSet<>();
    Map<String, List<String>> operations = new LinkedHashMap<>();
    List<String> sentences = new ArrayList<>();
    for (Planned planned : all(config, facts)) {
      String what = planned.limit().required() + planned.hold().name();
      String service = Subject.serviceOf(planned.subject());
      if (planned.hold().isRamp() || planned.provability(config).isPossible()) {
        continue;
      }
      if (!Subject.isOperation(planned.subject())) {
        services.add(service + what);
        sentences.add("%s %s: %s".formatted(service, what, planned.provability(config).inWords()));
      } else if (!services.contains(service + what)) {
        operations
            .computeIfAbsent(service + " " + what, key -> new ArrayList<>())
            .add(Subject.nameOf(planned.subject()));
      }
    }
    operations.forEach((what, names) -> sentences.add(ofOperations(what, names)));
    return sentences;
  }

  /** Returns "auth errors &lt; 0.01 % of each operation alone (refresh, verify): too few calls". */
  static String ofOperations(String what, Collection<String> names) {
    return "%s of each operation alone (%s): too few calls"
        .formatted(what, String.join(", ", names));
  }

  /**
   * The number of limits of a plan, over all periods.
   *
   * @param whole limits that are not on parts
   * @param doubtful the ones among them that the plan may fail to prove even of a good system
   * @param parts limits on parts ({@link Hold#isPart})
   * @param doubtfulParts the ones among them that the plan may fail to prove even of a good system
   */
  record Counts(int whole, int doubtful, int parts, int doubtfulParts) {}

  static Counts counts(KcpConfig config, RunMetadata facts) {
    int whole = 0;
    int doubtful = 0;
    int parts = 0;
    int doubtfulParts = 0;
    for (Planned planned : all(config, facts)) {
      boolean isPart = planned.hold().isPart(planned.subject());
      parts += isPart ? 1 : 0;
      whole += isPart ? 0 : 1;
      boolean isDoubtful = !planned.provability(config).isCertain();
      doubtful += isDoubtful && !isPart ? 1 : 0;
      doubtfulParts += isDoubtful && isPart ? 1 : 0;
    }
    return new Counts(Math.max(1, whole), doubtful, Math.max(1, parts), doubtfulParts);
  }

  /** A limit in one period of the plan, with its planned number of calls. */
  record Planned(String subject, Limit limit, Hold hold, long calls) {
    Provability provability(KcpConfig config) {
      return new Provability(limit, calls, config.gates().confidence());
    }
  }

  static List<Planned> all(KcpConfig config, RunMetadata facts) {
    Asserts asserts = Judge.testOf(config, facts).asserts();
    int settle = (int) config.gates().settle().toSeconds();
    List<Hold> stretches = Hold.judged(facts, asserts, settle, 0);
    List<Planned> all = new ArrayList<>();
    Judge.limitsOf(config, asserts)
        .forEach(
            (subject, limits) -> {
              for (Limit limit : facts.calls(subject) ? limits : List.<Limit>of()) {
                stretches.stream()
                    .filter(hold -> hold.judges(limit))
                    .map(hold -> planned(facts, subject, limit, hold))
                    .forEach(all::add);
              }
            });
    return all;
  }

  private static Planned planned(RunMetadata facts, String subject, Limit limit, Hold hold) {
    return new Planned(subject, limit, hold, hold.planned(facts, subject, limit));
  }
}
