package com.soundcore.kcp.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Prometheus' text format. Its lines look like {@code name{label="value"} 1.5}. */
record MetricsPage(List<Line> lines) {
  private static final String UNLIKE = "!~";
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+-?\\d+)?");

  private record Line(String name, String labels, double value) {}

  static MetricsPage of(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      Matcher matcher = LINE.matcher(line.strip());
      if (!line.startsWith("#") && matcher.matches()) {
        String labels = matcher.group(2) == null ? "" : matcher.group(2);
        number(matcher.group(3))
            .ifPresent(value -> lines.add(new Line(matcher.group(1), labels, value)));
      }
    }
    return new MetricsPage(lines);
  }

  /**
   * Returns the sum over all lines with this name and these labels.
   *
   * @param metric a name, optionally with labels: {@code jvm_memory_used_bytes{area="heap"}}.
   *     {@code label!~"regular expression"} omits lines whose label contains a match.
   * @return empty if no line matches
   */
  OptionalDouble sum(String metric) {
    int brace = metric.indexOf('{');
    String name = brace < 0 ? metric : metric.substring(0, brace);
    List<String> wanted =
        brace < 0
            ? List.of()
            : List.of(metric.substring(brace + 1, metric.lastIndexOf('}')).split(","));
    double[] values =
        lines.stream()
            .filter(line -> line.name().equals(name))
            .filter(line -> wanted.stream().allMatch(label -> has(line, label)))
            .mapToDouble(Line::value)
            .toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(java.util.Arrays.stream(values).sum());
  }

  private static boolean has(Line line, String label) {
    int not = label.indexOf(UNLIKE);
    if (not < 0) {
      return line.labels().contains(label);
    }
    String part = label.substring(not + UNLIKE.length()).replace("\"", "");
    return !Pattern.compile(label.substring(0, not) + "=\"[^\"]*(" + part + ")")
        .matcher(line.labels())
        .find();
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
