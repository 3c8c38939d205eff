package com.soundcore.kcp.report;

import com.soundcore.kcp.run.PlainText;
import java.util.regex.Pattern;

/**
 * Text that stays text in Markdown, whoever wrote it: a server's answer, a statement of a database,
 * a header with a build's name.
 */
final class MarkdownText {
  private static final Pattern MARKUP = Pattern.compile("([\\\\`*_\\[\\]|~$]|^#)");
  // A job's summary has room for 1 MB; one line of a hostile answer must not fill it.
  private static final int LONGEST = 1000;

  private MarkdownText() {}

  /** The text on one line, with nothing in it that Markdown or HTML would act upon. */
  static String of(String text) {
    String some = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return MARKUP
        .matcher(PlainText.of(some).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        .replaceAll("\\\\$1");
  }
}
