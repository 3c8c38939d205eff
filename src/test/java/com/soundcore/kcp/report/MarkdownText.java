package com.soundcore.kcp.report;

import com.soundcore.kcp.run.PlainText;
import java.util.regex.Pattern;

/**
 * Escapes untrusted text for Markdown: a server's response, a database statement, a header with a
 * build's name.
 */
final class MarkdownText {
  private static final Pattern MARKUP = Pattern.compile("([\\\\`*_\\[\\]|~$]|^#)");
  // A job's summary is limited to 1 MB; a hostile response must not fill it.
  private static final int LONGEST = 1000;

  private MarkdownText() {}

  /** Returns the text on one line, without active Markdown or HTML. */
  static String of(String text) {
    String some = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return MARKUP
        .matcher(PlainText.of(some).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        .replaceAll("\\\\$1");
  }
}
