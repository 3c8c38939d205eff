package com.soundcore.kcp.monitoring;

import java.util.regex.Pattern;

/** An SQL statement for reports: on one line and without values, because values may be secrets. */
final class StatementText {
  private static final int LONGEST = 300;

  // The database truncates long statements, so a literal or comment may be unterminated.
  private static final Pattern VALUE_OR_COMMENT =
      Pattern.compile(
          "(?<quoted>\"[^\"]*\")"
              + "|(?<comment>/\\*.*?(?:\\*/|$)|--[^\\n]*)"
              + "|\\b[eE]'(?:[^'\\\\]|\\\\.|'')*+(?:'|$)"
              + "|'(?:[^']|'')*+(?:'|$)"
              + "|\\$(?<tag>[A-Za-z_]*)\\$.*?(?:\\$\\k<tag>\\$|$)"
              + "|\\$\\d+"
              + "|\\b\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b",
          Pattern.DOTALL);

  private StatementText() {}

  static String of(String sql) {
    String text =
        VALUE_OR_COMMENT
            .matcher(sql)
            .replaceAll(
                found -> {
                  boolean kept = sql.charAt(found.start()) == '"';
                  boolean comment =
                      found.group().startsWith("--") || found.group().startsWith("/*");
                  return kept
                      ? java.util.regex.Matcher.quoteReplacement(found.group())
                      : comment ? " " : "?";
                })
            .replaceAll("\\s+", " ")
            .strip();
    int half = LONGEST / 2;
    return text.length() <= LONGEST
        ? text
        : text.substring(0, half) + " … " + text.substring(text.length() - half);
  }
}
