package com.soundcore.kcp.report;

import com.soundcore.kcp.run.ResourceSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The metrics of the system under test: one chart per metric, one line per service. */
final class ResourceCharts {
  /**
   * A chart.
   *
   * @param id of the chart's element in the page
   * @param label name of the metric
   * @param services one line each
   * @param columns seconds, then a column per service; null without a value
   */
  record Chart(String id, String label, List<String> services, List<List<Object>> columns) {}

  // The unit for metrics in bytes.
  private static final double MIB = 1024 * 1024;
  private static final Map<String, String> IN_BYTES = ResourceSample.IN_BYTES;

  private ResourceCharts() {}

  static List<Chart> of(List<ResourceSample> samples) {
    TreeSet<String> figures = new TreeSet<>();
    samples.forEach(sample -> figures.addAll(sample.figures().keySet()));
    return figures.stream()
        .filter(ResourceCharts::moves)
        .map(figure -> chart(figure, samples))
        .toList();
  }

  /** Limits are for comparison and have no chart. */
  private static boolean moves(String figure) {
    return !figure.endsWith("-limit")
        && !figure.equals("process-start")
        && !figure.contains(" of ");
  }

  private static Chart chart(String figure, List<ResourceSample> samples) {
    List<String> services =
        samples.stream()
            .filter(sample -> sample.figures().containsKey(figure))
            .map(ResourceSample::service)
            .distinct()
            .sorted()
            .toList();
    TreeMap<Double, Object[]> rows = new TreeMap<>();
    for (ResourceSample sample : samples) {
      Double value = sample.figures().get(figure);
      if (value != null) {
        rows.computeIfAbsent(sample.second(), second -> new Object[services.size()])[
                services.indexOf(sample.service())] =
            IN_BYTES.containsKey(figure) ? (Double) (Math.round(value / MIB * 100) / 100.0) : value;
      }
    }
    List<List<Object>> columns = new ArrayList<>();
    columns.add(new ArrayList<>(rows.keySet()));
    for (int i = 0; i < services.size(); i++) {
      List<Object> column = new ArrayList<>();
      for (Object[] row : rows.values()) {
        column.add(row[i]);
      }
      columns.add(column);
    }
    return new Chart(
        "resource-" + figure,
        figure + (IN_BYTES.containsKey(figure) ? " (%s)".formatted(IN_BYTES.get(figure)) : ""),
        services,
        columns);
  }
}
