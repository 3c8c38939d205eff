package com.soundcore.kcp.preflight;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of check results whose cells are cut to fit a terminal. */
final class CheckTable {
  private static final int WIDEST = 72;

  private CheckTable() {}

  static String of(List<CheckResult> findings) {
    List<List<String>> rows =
        findings.stream()
            .map(f -> List.of(f.subject(), f.check(), f.sent(), f.expected(), f.received()))
            .collect(Collectors.toList());
    rows.add(0, List.of("where", "check", "sent", "expected", "received"));
    int columns = rows.get(0).size();
    int[] widths =
        IntStream.range(0, columns)
            .map(c -> rows.stream().mapToInt(row -> cut(row.get(c)).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, columns)
                    .mapToObj(c -> padded(cut(row.get(c)), widths[c]))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
  }
}
