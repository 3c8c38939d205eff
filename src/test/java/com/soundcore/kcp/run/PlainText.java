package com.soundcore.kcp.run;

import java.util.regex.Pattern;

/**
 * Text from outside the suite, made harmless where it enters: a server's answer, a log or a file of
 * another machine. No terminal, CI system or XML reader acts on what is left.
 */
public final class PlainText {
  // Control and format characters, line and paragraph separators, half characters, and the two
  // code points that XML forbids.
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\uFFFE\\uFFFF]");

  private PlainText() {}

  /** Returns the text on one line: each character that cannot be seen is written as its code. */
  public static String of(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(unseen -> "\\\\u%04X".formatted(unseen.group().codePointAt(0)));
  }
}
