package com.soundcore.kcp.workload;

import com.soundcore.kcp.run.Secrets;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Hides what looks like a secret in what a server answered: values of names such as "token" in
 * JSON, headers and parameters, bearer and basic credentials, JSON web tokens, and what is known to
 * be one.
 */
public final class Redaction {
  private static final String HIDDEN = "(secret)";
  // "token": "x", \"token\": \"x\", "tokens": ["x"], token=x. What repeats is possessive: a
  // server's
  // text must cost neither time nor stack.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:"
              + Secrets.WORDS
              + ")[\\w-]{0,40}+\\\\?+[\"']?+\\s*+[:=]\\s*+\\[?+\\s*+)"
              + "(?:\\\\?+\"(?:[^\"\\\\]++|\\\\.)*+\"?+|'[^']*+'?+|[^\\s,&<>\"'\\\\}\\]]++)");
  // A header to the end of its line, with the scheme or the other cookies in it.
  private static final Pattern HEADER =
      Pattern.compile("(?i)(authorization|cookie)(:\\s*+)[^\\r\\n\"<]++");
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)\\b(bearer|basic)\\s++(?=\\S*[\\d=+/_.-])[^\\s\"'<,]{6,}+");
  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]++(?:\\.[\\w-]*+)*+");

  private Redaction() {}

  /** The text without what looks like a secret, and without these. */
  public static String of(String text, Collection<String> known) {
    String clean = text;
    for (String secret : known) {
      clean = clean.replace(secret, HIDDEN);
    }
    clean = HEADER.matcher(clean).replaceAll("$1$2" + HIDDEN);
    clean = CREDENTIALS.matcher(clean).replaceAll("$1 " + HIDDEN);
    clean = JWT.matcher(clean).replaceAll(HIDDEN);
    return NAMED.matcher(clean).replaceAll("$1" + HIDDEN);
  }
}
