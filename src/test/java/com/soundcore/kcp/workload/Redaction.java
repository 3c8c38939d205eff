package com.soundcore.kcp.workload;

import com.soundcore.kcp.run.Secrets;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * A filter that hides probable secrets in a server's responses: values of names such as "token" in
 * JSON, headers and parameters, bearer and basic credentials, JSON Web Tokens, and known secrets.
 */
public final class Redaction {
  private static final String HIDDEN = "(secret)";
  // Matches "token": "x", \"token\": \"x\", "tokens": ["x"] and token=x. Repetitions are
  // possessive, so that a server's text cannot cause long matching or a stack overflow.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:"
              + Secrets.WORDS
              + ")[\\w-]{0,40}+\\\\?+[\"']?+\\s*+[:=]\\s*+\\[?+\\s*+)"
              + "(?:\\\\?+\"(?:[^\"\\\\]++|\\\\.)*+\"?+|'[^']*+'?+|[^\\s,&<>\"'\\\\}\\]]++)");
  // Matches a header to the end of its line, including its scheme and all cookies.
  private static final Pattern HEADER =
      Pattern.compile("(?i)(authorization|cookie)(:\\s*+)[^\\r\\n\"<]++");
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)\\b(bearer|basic)\\s++(?=\\S*[\\d=+/_.-])[^\\s\"'<,]{6,}+");
  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]++(?:\\.[\\w-]*+)*+");

  private Redaction() {}

  /** Returns the text without known and probable secrets. */
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
