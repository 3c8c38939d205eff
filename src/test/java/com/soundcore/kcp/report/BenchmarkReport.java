package com.soundcore.kcp.report;

import com.soundcore.kcp.pages.Pages;
import com.soundcore.kcp.run.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code benchmark.json}: the figures of each service that are better when they are smaller, as
 * github-action-benchmark reads them. Of an INVALID run there are none: they would be points of a
 * trend.
 */
final class BenchmarkReport implements ReportFormat.Text {
  @Override
  public String file() {
    return "benchmark.json";
  }

  @Override
  public String of(Summary summary) {
    List<Map<String, Object>> figures = new ArrayList<>();
    if (!summary.verdict().status().equals(Status.INVALID.name())) {
      summary
          .services()
          .forEach(
              (service, one) -> {
                add(figures, service + " p95", "ms", one.p95Ms());
                add(figures, service + " p99", "ms", one.p99Ms());
                Double errors = one.errorRate();
                add(figures, service + " errors", "%", errors == null ? null : errors * 100);
              });
    }
    return Pages.json(figures);
  }

  private static void add(
      List<Map<String, Object>> figures, String name, String unit, Number value) {
    if (value != null) {
      Map<String, Object> figure = new LinkedHashMap<>();
      figure.put("name", name);
      figure.put("unit", unit);
      figure.put("value", value);
      figures.add(figure);
    }
  }
}
