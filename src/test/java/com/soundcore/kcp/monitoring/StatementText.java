package com.soundcore.kcp.monitoring;

import java.util.regex.Pattern;

/** A statement as reports show it: in one line, without the values, which may be secrets. */
final class StatementText {
  private static final int LONGEST = 300;

  // The database cuts long statements: a text may have no end.
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
