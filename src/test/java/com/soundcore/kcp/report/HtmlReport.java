package com.soundcore.kcp.report;

import com.soundcore.kcp.pages.Pages;
import com.soundcore.kcp.result.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code report.html}: one page that needs nothing but itself. */
final class HtmlReport implements ReportFormat.Text {
  @Override
  public String file() {
    return "report.html";
  }

  @Override
  public String of(Summary summary) {
    List<ResourceCharts.Chart> resources = ResourceCharts.of(summary.resources());
    return Pages.of(
        "report",
        Map.of(
            "s", summary,
            "series", series(summary),
            "phases", phases(summary),
            "resourceCharts", resources,
            "resources", Pages.json(resources)));
  }

  /** Columns for the charts: second, planned, started, failed, users, p50, p95, p99. */
  private static String series(Summary summary) {
    List<Timeline.Second> seconds = summary.timeline();
    List<Object[]> columns = new ArrayList<>();
    for (int column = 0; column < 8; column++) {
      columns.add(new Object[seconds.size()]);
    }
    for (int i = 0; i < seconds.size(); i++) {
      Timeline.Second second = seconds.get(i);
      boolean some = second.started() > 0;
      columns.get(0)[i] = second.second();
      columns.get(1)[i] = planned(summary, second.second());
      columns.get(2)[i] = second.started();
      columns.get(3)[i] = second.failed();
      columns.get(4)[i] = second.users();
      columns.get(5)[i] = some ? second.p50Ms() : null;
      columns.get(6)[i] = some ? second.p95Ms() : null;
      columns.get(7)[i] = some ? second.p99Ms() : null;
    }
    return Pages.json(columns.stream().map(Arrays::asList).toList());
  }

  /** The planned rate in the middle of a second. */
  private static Double planned(Summary summary, int second) {
    return summary.phases().stream()
        .filter(phase -> second >= phase.startSecond() && second < phase.endSecond())
        .map(
            phase -> {
              double share =
                  (second + 0.5 - phase.startSecond()) / (phase.endSecond() - phase.startSecond());
              return phase.plannedFromRps()
                  + share * (phase.plannedToRps() - phase.plannedFromRps());
            })
        .findFirst()
        .orElse(null);
  }

  private static String phases(Summary summary) {
    return Pages.json(
        summary.phases().stream()
            .map(phase -> List.of(phase.startSecond(), phase.endSecond(), phase.name()))
            .toList());
  }
}
