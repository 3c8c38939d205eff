package com.soundcore.kcp.verdict.comparison;

import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.RunSetup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Whether two runs are alike enough to compare: the same test on the same system. */
final class Likeness {
  /** The settings that two runs must share, by the words for a difference. */
  private static final Map<String, Function<RunSetup, Object>> LIKE = new LinkedHashMap<>();

  static {
    LIKE.put("another test", RunSetup::simulation);
    LIKE.put("another environment", RunSetup::environment);
    LIKE.put("another workload", RunSetup::workload);
    LIKE.put("another model", RunSetup::injection);
    LIKE.put("another time scale", RunSetup::timeScale);
    LIKE.put("another load scale", RunSetup::loadScale);
    LIKE.put("another number of injectors", RunSetup::injectors);
    LIKE.put("another machine", RunSetup::machine);
    LIKE.put("other alterations", RunSetup::altered);
  }

  /** A few rows more or less do not make it another system. */
  private static final long FEW_ROWS = 100;

  private Likeness() {}

  /**
   * Returns why the runs cannot be compared, in sentences; empty if they can.
   *
   * @param dataDifference the fraction by which the numbers of rows may differ
   */
  static List<String> problems(RunMetadata now, RunMetadata before, double dataDifference) {
    List<String> why = new ArrayList<>();
    LIKE.forEach(
        (what, of) -> {
          if (!Objects.equals(of.apply(now.setup()), of.apply(before.setup()))) {
            why.add(
                "%s: %s, was %s".formatted(what, of.apply(now.setup()), of.apply(before.setup())));
          }
        });
    why.addAll(data(now.setup().system().rows(), before.setup().system().rows(), dataDifference));
    if (!now.operations().equals(before.operations())) {
      why.add("other services or operations were called");
    }
    if (why.isEmpty() && !now.phases().equals(before.phases())) {
      why.add("another plan: the phases of the test have changed");
    }
    if (!now.hasPlan() || !before.hasPlan()) {
      why.add("the plan (kcp/run.json) of one of the runs is missing");
    }
    if (!now.end().finished() || now.end().stopped() != null) {
      why.add("this run did not finish");
    }
    if (!before.end().finished() || before.end().stopped() != null) {
      why.add("that run did not finish");
    }
    return why;
  }

  /**
   * Compares the numbers of rows. Ten times the rows make another system. Tables that one of the
   * runs did not count are ignored.
   */
  private static List<String> data(Map<String, Long> now, Map<String, Long> before, double share) {
    return now.entrySet().stream()
        .filter(rows -> before.containsKey(rows.getKey()))
        .filter(
            rows -> {
              long was = before.get(rows.getKey());
              return Math.abs(rows.getValue() - was) > Math.max(FEW_ROWS, share * was);
            })
        .map(
            rows ->
                "another amount of data: %s %,d, was %,d"
                    .formatted(rows.getKey(), rows.getValue(), before.get(rows.getKey())))
        .toList();
  }
}
