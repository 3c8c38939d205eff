package com.soundcore.kcp.truth.search;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.services.Service;
import com.soundcore.kcp.config.tests.Search;
import com.soundcore.kcp.injection.ArrivalThinning;
import com.soundcore.kcp.injection.LoadSearch;
import com.soundcore.kcp.run.Phase;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.run.SearchRecord;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.truth.search.QueueSystem.Model;
import com.soundcore.kcp.truth.time.Draws;
import com.soundcore.kcp.verdict.level.LevelRules;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A search against a system, and the system's own limit.
 *
 * @param limit the rate at which as many calls are slow over hours as the target allows
 * @param record what the search found
 * @param seconds that it took
 */
public record SearchedSystem(double limit, SearchRecord record, int seconds) {
  private static final String SERVICE = "knowledge";
  private static final int LONG_SECONDS = 3000;
  private static final int WARM_SECONDS = 30;
  private static final int BISECTIONS = 8;

  /**
   * Searches.
   *
   * @param search scaled; its levels are the rates of the one service
   */
  public static SearchedSystem of(Limits kind, KcpConfig config, Search search, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // Between two and eighteen of twenty steps.
    Model model = kind.model(random.nextDouble(0.1, 0.9) * search.ceiling(), random);
    Service service = config.allServices().get(SERVICE);
    List<String> operations = List.copyOf(service.operations().keySet());
    int limitMs = (int) service.target().p95().toMillis();
    QueueSystem system =
        new QueueSystem(model, SERVICE, operations, limitMs, new Draws(seed, "searched"));
    ArrivalThinning thinning = new ArrivalThinning();
    int longest = (int) search.longest().toSeconds();
    Map<String, Double> rates = Map.of(SERVICE, search.ceiling());
    long arrivals = Math.round(search.ceiling() * longest);
    RunMetadata facts =
        new SyntheticRun()
            .facts()
            .withPhases(List.of(new Phase("search", 0, longest, true, 0, arrivals, rates)));
    LoadSearch searching =
        new LoadSearch(search, thinning, LevelRules.of(config, List.of(SERVICE)), system, facts);
    int second = 0;
    while (!searching.isDone()) {
      int calls = 0;
      for (int i = 0; i < search.ceiling(); i++) {
        calls += thinning.admits(SERVICE) ? 1 : 0;
      }
      system.second(calls);
      searching.secondEnded(second++);
    }
    return new SearchedSystem(limit(model, operations, limitMs, seed), searching.record(), second);
  }

  private static double limit(Model model, List<String> operations, int limitMs, long seed) {
    double low = 0.3 * model.capacityPerSecond();
    double high = 1.1 * model.capacityPerSecond();
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      QueueSystem system =
          new QueueSystem(model, SERVICE, operations, limitMs, new Draws(seed, "truth"));
      double due = 0;
      for (int second = 0; second < LONG_SECONDS; second++) {
        due += middle;
        int calls = (int) due;
        due -= calls;
        system.second(calls);
      }
      if (system.slowSince(WARM_SECONDS) < 0.05) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The lower end of the answer; 0 where no level was proved. */
  public double low() {
    return record.lowRps() == null ? 0 : record.lowRps();
  }

  /** The upper end; infinite where no level was refuted. */
  public double high() {
    return record.brokenRps() == null ? Double.POSITIVE_INFINITY : record.brokenRps();
  }

  /** Whether the limit is in the interval. */
  public boolean isCovered() {
    return low() <= limit && limit <= high();
  }

  /** Of the interval, as a fraction of its middle. */
  public double width() {
    return low() == 0 ? Double.POSITIVE_INFINITY : (high() - low()) / ((high() + low()) / 2);
  }

  /** Whether a level so far above the limit was proved. */
  public boolean heldAt(double above) {
    return record.levels().stream()
        .anyMatch(
            level ->
                Boolean.TRUE.equals(level.confirms())
                    && level.held()
                    && level.rps() >= limit * (1 + above));
  }

  @Override
  public String toString() {
    return "limit %.1f found %.1f to %.1f in %,d s".formatted(limit, low(), high(), seconds);
  }
}
