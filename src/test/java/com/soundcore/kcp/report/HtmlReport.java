package com.soundcore.kcp.report;

import com.soundcore.kcp.pages.Pages;
import com.soundcore.kcp.verdict.Gate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code report.html}: a single self-contained page. */
final class HtmlReport implements ReportFormat {
  @Override
  public String file() {
    return "report.html";
  }

  @Override
  public void write(JudgedRun run, OutputStream out) throws IOException {
    ChartData data = ChartData.of(run);
    List<Gate> missed =
        run.verdict().gates().stream().filter(gate -> gate.status() != Gate.Outcome.PASS).toList();
    String page =
        Pages.of(
            "report",
            Map.of(
                "s",
                run.summary(),
                "short",
                InShort.of(run),
                "findings",
                InShort.worstFirst(run),
                "meaning",
                run.verdict().status().meaning(),
                "missed",
                missed,
                "outcomes",
                missed.stream().map(Gate::status).distinct().toList(),
                "errorHistories",
                data.errors(),
                "several",
                SeveralRuns.of(run.verdict().comparisons()),
                "resources",
                data.resources(),
                "data",
                Pages.json(data)));
    out.write(page.getBytes(StandardCharsets.UTF_8));
  }
}
