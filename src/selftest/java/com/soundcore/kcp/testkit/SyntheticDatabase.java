package com.soundcore.kcp.testkit;

import com.soundcore.kcp.config.FindingOptions;
import com.soundcore.kcp.config.Monitoring;
import com.soundcore.kcp.finding.shared.DatabaseActivity;
import com.soundcore.kcp.finding.shared.Degradation;
import com.soundcore.kcp.finding.shared.ResourceFigures;
import com.soundcore.kcp.finding.shared.SharedCause;
import com.soundcore.kcp.finding.shared.SharedCauses;
import com.soundcore.kcp.finding.shared.Surroundings;
import com.soundcore.kcp.run.DatabaseSample;
import com.soundcore.kcp.run.DatabaseSample.LockWait;
import com.soundcore.kcp.run.DatabaseSample.Scan;
import com.soundcore.kcp.run.DatabaseSample.Statement;
import com.soundcore.kcp.run.ResourceSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was seen of a database, written to order: a sample a second. */
public final class SyntheticDatabase {
  private static final List<String> SERVICES = List.of("knowledge", "support", "auth");
  private static final FindingOptions.Database OPTIONS =
      new FindingOptions.Database(0.2, 3, 2, 0.95, 0.9, 0.3, 0.1);

  private final List<ResourceSample> figures = new ArrayList<>();
  private final List<DatabaseSample> samples = new ArrayList<>();

  /** A sample for each second of a stretch. */
  public void add(
      int from, int to, Map<String, Double> of, List<Statement> statements, List<LockWait> waits) {
    for (int second = from; second < to; second++) {
      Map<String, Double> all =
          new LinkedHashMap<>(Map.of("max-connections", 97.0, "running", 0.0));
      all.putAll(of);
      figures.add(new ResourceSample(second + 1, "database", all));
      samples.add(
          new DatabaseSample(
              second + 1, "database", statements, waits, List.of(new Scan("items", 5)), List.of()));
    }
  }

  /** A second in which nothing but this was seen. */
  public void only(int second, String figure) {
    figures.add(new ResourceSample(second + 1, "database", Map.of(figure, 1.0)));
  }

  public void clear() {
    figures.clear();
    samples.clear();
  }

  /** What is found in it, of these services in degradation. */
  public List<SharedCause> causes(double cores, List<Degradation> degradations) {
    Monitoring.Database database =
        new Monitoring.Database(
            "jdbc:postgresql://x/y", List.of(), cores, Map.of(), Duration.ZERO, Duration.ZERO);
    List<String> sound = new ArrayList<>(SERVICES);
    degradations.forEach(degradation -> sound.remove(degradation.service()));
    return SharedCauses.of(
        degradations,
        sound,
        new Surroundings(
            new DatabaseActivity(figures, samples, database, OPTIONS, SERVICES, 0),
            ResourceFigures.of(List.of(), "cache", 0),
            Map.of(),
            new FindingOptions.Machine(0.1, 0.3, 3)));
  }
}
