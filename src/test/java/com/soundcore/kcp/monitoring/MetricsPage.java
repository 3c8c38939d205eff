package com.soundcore.kcp.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Prometheus' text format. Its lines look like {@code name{label="value"} 1.5}. */
record MetricsPage(List<Line> lines) {
  // Possessive: otherwise a long value would overflow the stack.
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*+)\\s*+(=|!~)\\s*+\"((?:[^\"\\\\]++|\\\\.)*+)\"");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][\\w:]*+)(?:\\{((?:\\s*+" + LABEL + "\\s*+,?)*+)\\s*+})?+");
  private static final Pattern LINE =
      Pattern.compile(SELECTOR + "\\s+(?<value>\\S+)(?:\\s+-?[\\d.]+)?(?:\\s+#.*)?");

  private record Line(String name, String labels, double value) {}

  static MetricsPage of(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      Matcher matcher = LINE.matcher(line.strip());
      if (!line.startsWith("#") && matcher.matches()) {
        number(matcher.group("value"))
            .ifPresent(value -> lines.add(new Line(matcher.group(1), matcher.group(2), value)));
      }
    }
    return new MetricsPage(lines);
  }

  /**
   * Returns the sum over all lines with this name and these labels.
   *
   * @param metric a name, optionally with labels: {@code jvm_memory_used_bytes{area="heap"}}.
   *     {@code label!~"regular expression"} omits lines whose label contains a match.
   * @return empty if no line matches, or if the metric cannot be read
   */
  OptionalDouble sum(String metric) {
    Matcher selector = SELECTOR.matcher(metric);
    if (!selector.matches()) {
      return OptionalDouble.empty();
    }
    List<MatchResult> wanted = labels(selector.group(2));
    double[] values =
        lines.stream()
            .filter(line -> line.name().equals(selector.group(1)))
            .filter(line -> has(line, wanted))
            .mapToDouble(Line::value)
            .toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(java.util.Arrays.stream(values).sum());
  }

  private static boolean has(Line line, List<MatchResult> wanted) {
    if (wanted.isEmpty()) {
      return true;
    }
    Map<String, String> labels = new HashMap<>();
    labels(line.labels()).forEach(label -> labels.put(label.group(1), label.group(3)));
    return wanted.stream()
        .allMatch(
            label -> {
              String value = labels.getOrDefault(label.group(1), "");
              return label.group(2).equals("=")
                  ? value.equals(label.group(3))
                  : !Pattern.compile(label.group(3)).matcher(value).find();
            });
  }

  private static List<MatchResult> labels(String text) {
    return text == null ? List.of() : LABEL.matcher(text).results().toList();
  }

  /** NaN and infinity cannot be summed, so they count as missing. */
  private static OptionalDouble number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
