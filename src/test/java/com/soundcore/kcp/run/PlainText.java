package com.soundcore.kcp.run;

import java.util.regex.Pattern;

/**
 * Text from outside the suite, sanitised on entry: a server's answer, a log, or a file of another
 * machine. Terminals, CI systems and XML readers find nothing to act on in the result.
 */
public final class PlainText {
  // Control and format characters, line and paragraph separators, lone surrogates, and the two code
  // points that XML forbids.
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\uFFFE\\uFFFF]");

  private PlainText() {}

  /** Returns the text on one line, with the code of each invisible character in its place. */
  public static String of(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(unseen -> "\\\\u%04X".formatted(unseen.group().codePointAt(0)));
  }
}
