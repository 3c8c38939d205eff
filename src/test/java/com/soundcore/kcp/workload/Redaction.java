package com.soundcore.kcp.workload;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what a server answered, before any of it is kept.
 *
 * @param secrets that are known by their value
 */
public record Redaction(Set<String> secrets) {
  private static final String HIDDEN = "(secret)";
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer|basic) [^\\s\"'<,]+");
  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+(\\.[\\w-]*)*");
  private static final Pattern JSON =
      Pattern.compile(
          "(?i)(\"[^\"]*(?:token|passw|secret|authorization|cookie|api.?key)[^\"]*\"\\s*:\\s*\")[^\"]*");

  /** The same without any. */
  public String of(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = secret.isBlank() ? clean : clean.replace(secret, HIDDEN);
    }
    clean = JSON.matcher(clean).replaceAll("$1" + HIDDEN);
    clean = BEARER.matcher(clean).replaceAll("$1 " + HIDDEN);
    return JWT.matcher(clean).replaceAll(HIDDEN);
  }
}
