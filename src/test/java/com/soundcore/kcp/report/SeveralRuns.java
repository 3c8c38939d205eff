package com.soundcore.kcp.report;

import com.soundcore.kcp.verdict.comparison.Comparison;
import com.soundcore.kcp.verdict.comparison.Comparison.Difference;
import com.soundcore.kcp.verdict.comparison.Comparison.Interval;
import com.soundcore.kcp.verdict.comparison.Comparison.Outcome;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run and several earlier ones: a row for each metric, a column for each run.
 *
 * @param runs the comparable earlier runs, in the given order
 * @param rows services in their order, then operations
 */
public record SeveralRuns(List<String> runs, List<Row> rows) {
  private static final String NOTHING = "–";

  /**
   * A metric in all runs.
   *
   * @param subject a service or "service / operation"
   * @param figure name and unit of the metric
   * @param now value in this run
   * @param earlier one cell per earlier run
   */
  public record Row(String subject, String figure, String now, List<Cell> earlier) {
    private boolean moved() {
      return earlier.stream().anyMatch(cell -> !cell.outcome().isEmpty());
    }

    private boolean isService() {
      return !subject.contains(" / ");
    }
  }

  /**
   * A metric of an earlier run.
   *
   * @param outcome whether this run is "worse" or "better" than the earlier one; otherwise empty
   */
  public record Cell(String value, String outcome) {}

  /** Builds the table of comparable runs; leaves out the others. */
  public static SeveralRuns of(List<Comparison> comparisons) {
    List<Comparison> compared =
        comparisons.stream().filter(one -> one.notComparable().isEmpty()).toList();
    Map<List<String>, Map<Integer, Difference>> figures = new LinkedHashMap<>();
    for (int run = 0; run < compared.size(); run++) {
      for (Difference difference : compared.get(run).differences()) {
        figures
            .computeIfAbsent(named(difference), none -> new LinkedHashMap<>())
            .put(run, difference);
      }
    }
    List<Row> rows = new ArrayList<>();
    figures.forEach((name, byRun) -> rows.add(row(name, byRun, compared.size())));
    List<Row> ordered = new ArrayList<>(rows.stream().filter(Row::isService).toList());
    ordered.addAll(rows.stream().filter(row -> !row.isService()).toList());
    return new SeveralRuns(compared.stream().map(Comparison::baseline).toList(), ordered);
  }

  private static List<String> named(Difference difference) {
    return List.of(difference.subject(), difference.figure() + " " + difference.unit());
  }

  private static Row row(List<String> name, Map<Integer, Difference> byRun, int runs) {
    List<Cell> earlier = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Difference difference = byRun.get(run);
      earlier.add(
          difference == null
              ? new Cell(NOTHING, "")
              : new Cell(text(difference.before()), words(difference.outcome())));
    }
    String now =
        byRun.values().stream()
            .map(Difference::now)
            .map(SeveralRuns::text)
            .filter(text -> !text.equals(NOTHING))
            .findFirst()
            .orElse(NOTHING);
    return new Row(name.get(0), name.get(1), now, earlier);
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case REGRESSION -> "worse";
      case IMPROVEMENT -> "better";
      case SAME, TOO_FEW -> "";
    };
  }

  private static String text(Interval interval) {
    if (interval == null) {
      return NOTHING;
    }
    DecimalFormat number =
        new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return "%s (%s–%s)"
        .formatted(
            number.format(interval.median()),
            number.format(interval.low()),
            number.format(interval.high()));
  }

  /** Returns the console table: all services, and the operations that changed. */
  public List<String> lines() {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("where", "figure", "this run"));
    head.addAll(runs);
    table.add(head);
    for (Row row : rows) {
      if (row.isService() || row.moved()) {
        List<String> cells = new ArrayList<>(List.of(row.subject(), row.figure(), row.now()));
        row.earlier().forEach(cell -> cells.add((cell.value() + " " + cell.outcome()).strip()));
        table.add(cells);
      }
    }
    int[] widths = new int[head.size()];
    table.forEach(cells -> widen(widths, cells));
    return table.stream().map(cells -> line(widths, cells)).toList();
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private static String line(int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
