package com.soundcore.kcp.report;

import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.report.Summary.Figures;
import com.soundcore.kcp.run.Subject;
import com.soundcore.kcp.verdict.Gate;
import java.util.List;
import java.util.Locale;

/** {@code summary.md}, for a CI job's summary. */
final class MarkdownReport implements ReportFormat.Text {
  @Override
  public String file() {
    return "summary.md";
  }

  @Override
  public String of(Summary summary) {
    StringBuilder text = new StringBuilder();
    Summary.Run run = summary.run();
    line(text, "## %s: %s", MarkdownText.of(run.simulation()), summary.verdict().status());
    line(text, "");
    if (summary.verdict().answer() != null) {
      line(text, "**It %s.**", MarkdownText.of(summary.verdict().answer()));
      line(text, "");
    }
    summary.verdict().reasons().forEach(reason -> line(text, "- %s", MarkdownText.of(reason)));
    line(text, "");
    line(
        text,
        "%s · %s workload · %s model · %s · %,d s",
        MarkdownText.of(run.environment()),
        MarkdownText.of(run.workload()),
        MarkdownText.of(run.injection()),
        run.startedAt(),
        run.durationSeconds());
    run.caveats().forEach(caveat -> line(text, "<br>**%s**", MarkdownText.of(caveat)));
    line(text, "");
    line(text, "| service | requests | failed | req/s | p50 | p95 | p99 | max |");
    line(text, "|---|---:|---:|---:|---:|---:|---:|---:|");
    summary.services().forEach((name, figures) -> row(text, name, figures));
    line(text, "");
    findings(text, summary);
    gates(text, summary.verdict().gates());
    if (summary.baseline() != null) {
      line(text, "### Baseline");
      line(text, "");
      summary
          .baseline()
          .sentences()
          .forEach(sentence -> line(text, "- %s", MarkdownText.of(sentence)));
      summary.comparisons().stream()
          .skip(1)
          .forEach(other -> line(text, "- %s", MarkdownText.of(other.inOneSentence())));
      line(text, "");
    }
    line(text, "Repeat: `%s`", run.repeat().replace('`', '\''));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, Figures f) {
    line(
        text,
        "| %s | %,d | %,d | %,.1f | %s | %s | %s | %s |",
        MarkdownText.of(name),
        f.requests(),
        f.failed(),
        f.rps(),
        millis(f.p50Ms()),
        millis(f.p95Ms()),
        millis(f.p99Ms()),
        millis(f.maxMs()));
  }

  private static void findings(StringBuilder text, Summary summary) {
    if (summary.findingsProblem() != null) {
      line(text, "**%s**", MarkdownText.of(summary.findingsProblem()));
      line(text, "");
    }
    for (Finding finding : summary.findings()) {
      String where =
          finding.service() + (finding.operation() == null ? "" : " / " + finding.operation());
      line(text, "**%s: %s**", MarkdownText.of(where), MarkdownText.of(finding.title()));
      line(text, "");
      finding.evidence().forEach(sentence -> line(text, "- %s", MarkdownText.of(sentence)));
      line(
          text,
          "- what else it could be: %s",
          MarkdownText.of(String.join("; ", finding.alternatives())));
      line(text, "- what to do: %s", MarkdownText.of(String.join("; ", finding.remedies())));
      line(text, "");
    }
  }

  private static void gates(StringBuilder text, List<Gate> gates) {
    line(text, "| gate | required | outcome |");
    line(text, "|---|---|---|");
    List<Gate> shown = gates.stream().filter(MarkdownReport::isWorthALine).toList();
    for (Gate gate : shown) {
      String outcome = gate.status().words();
      line(
          text,
          "| %s | %s | %s |",
          MarkdownText.of(gate.subject()),
          MarkdownText.of(gate.required()),
          outcome);
    }
    line(text, "");
    if (shown.size() < gates.size()) {
      line(text, "And %,d gates of single operations that held.", gates.size() - shown.size());
      line(text, "");
    }
  }

  /** Returns false for operations that held: a run has dozens. */
  private static boolean isWorthALine(Gate gate) {
    return gate.status() != Gate.Outcome.PASS || !Subject.isOperation(gate.subject());
  }

  private static String millis(Long value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%,d ms", value);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
