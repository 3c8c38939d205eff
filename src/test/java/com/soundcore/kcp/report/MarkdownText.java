package com.soundcore.kcp.report;

import java.util.regex.Pattern;

/**
 * Text that stays text in Markdown, whoever wrote it: a server's answer, a statement of a database,
 * a header with a build's name.
 */
final class MarkdownText {
  private static final Pattern MARKUP = Pattern.compile("([\\\\`*_\\[\\]|~$]|^#)");
  // What breaks a line, is not seen, or turns what follows around.
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  // A job's summary has room for 1 MB; one line of a hostile answer must not fill it.
  private static final int LONGEST = 1000;

  private MarkdownText() {}

  /** The text on one line, with nothing in it that Markdown or HTML would act upon. */
  static String of(String text) {
    String some = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    String escaped =
        MARKUP
            .matcher(some.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
            .replaceAll("\\\\$1");
    return UNSEEN
        .matcher(escaped)
        .replaceAll(unseen -> "\\\\\\\\u%04X".formatted(unseen.group().codePointAt(0)));
  }
}
