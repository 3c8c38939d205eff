package com.soundcore.kcp.monitoring;

/** A statement as reports show it: in one line, without the values, which may be secrets. */
final class StatementText {
  private static final int LONGEST = 300;

  private StatementText() {}

  static String of(String sql) {
    String text =
        sql.replaceAll("/\\*.*?\\*/", " ")
            .replaceAll("--[^\n]*", " ")
            .replaceAll("'(?:[^']|'')*'", "?")
            .replaceAll("\\$\\d+", "?")
            .replaceAll("\\b\\d+(?:\\.\\d+)?\\b", "?")
            .replaceAll("\\s+", " ")
            .strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
