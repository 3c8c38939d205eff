package com.soundcore.kcp.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All secrets that this process knows: those of its environment, and every token that it reads or
 * receives. Console output and the files of a run are filtered by them.
 */
public final class Secrets {
  /** Parts of the names of secrets, as a regular expression for any case. */
  public static final String WORDS =
      "passw|secret|token|credential|authorization|cookie|api.?key|session.?id";

  private static final String HIDDEN = "(secret)";
  private static final Pattern NAME = Pattern.compile("(?i)" + WORDS + "|webhook|otlp.*headers");
  // A file's path is no secret, and messages about the file must name it.
  private static final Pattern PATH = Pattern.compile("(?i).*_(?:FILE|PATH|STORE|DIR|SOCK)");
  // Shorter values, and plain words such as "postgres", would also match ordinary text.
  private static final int CERTAIN = 12;
  private static final Pattern DISTINCT =
      Pattern.compile("(?=.{6,})(?:.*[^a-zA-Z].*|.*[a-z][A-Z].*)", Pattern.DOTALL);
  private static final int START = 6;
  private static final int MOST = 100_000;

  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();
  // Indexed by their first characters, so that a text is read once even with the tokens of
  // thousands of users.
  private static final Map<String, Set<String>> BY_START = new ConcurrentHashMap<>();

  static {
    ofEnvironment().forEach(Secrets::remember);
  }

  private Secrets() {}

  /** Returns whether the value of this name must never be written. */
  public static boolean isNameOfOne(String name) {
    return NAME.matcher(name).find();
  }

  /** Returns the values of this process's environment that must never be written. */
  public static Set<String> ofEnvironment() {
    return System.getenv().entrySet().stream()
        .filter(variable -> isNameOfOne(variable.getKey()) && !variable.getValue().isBlank())
        .filter(variable -> !PATH.matcher(variable.getKey()).matches())
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }

  /** Hides a secret in all later output. The first 100,000 spellings are kept. */
  public static void remember(String secret) {
    String value = secret.strip();
    if (KNOWN.size() < MOST && (value.length() >= CERTAIN || DISTINCT.matcher(value).matches())) {
      spellings(value).filter(KNOWN::add).forEach(known -> sameStart(known).add(known));
    }
  }

  private static Set<String> sameStart(String known) {
    return BY_START.computeIfAbsent(
        known.substring(0, START), start -> ConcurrentHashMap.newKeySet());
  }

  /** Returns the value as it is, and as it appears in JSON, in HTML and in a URL. */
  private static Stream<String> spellings(String value) {
    String html =
        value
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    return Stream.of(
        value,
        value.replace("\\", "\\\\").replace("\"", "\\\""),
        html,
        URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** Returns the text without the known secrets, in a time that does not depend on their number. */
  public static String hiddenIn(String text) {
    if (KNOWN.isEmpty() || text.length() < START) {
      return text;
    }
    BitSet firstTwo = new BitSet(1 << Character.SIZE);
    BY_START.keySet().forEach(start -> firstTwo.set(pair(start, 0)));
    StringBuilder clean = null;
    int copied = 0;
    int at = 0;
    while (at <= text.length() - START) {
      String secret = firstTwo.get(pair(text, at)) ? longestAt(text, at) : "";
      if (secret.isEmpty()) {
        at++;
        continue;
      }
      clean = clean == null ? new StringBuilder(text.length()) : clean;
      clean.append(text, copied, at).append(HIDDEN);
      at += secret.length();
      copied = at;
    }
    return clean == null ? text : clean.append(text, copied, text.length()).toString();
  }

  private static int pair(String text, int at) {
    return (text.charAt(at) * 31 + text.charAt(at + 1)) & Character.MAX_VALUE;
  }

  private static String longestAt(String text, int at) {
    return BY_START.getOrDefault(text.substring(at, at + START), Set.of()).stream()
        .filter(secret -> text.startsWith(secret, at))
        .filter(secret -> secret.length() >= CERTAIN || isWord(text, at, at + secret.length()))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  private static boolean isWord(String text, int from, int to) {
    return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
        && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
  }

  /**
   * Returns the text as a terminal may show it: without known secrets, and without the control
   * characters by which an answer could move the cursor or set a title.
   */
  public static String printable(String text) {
    return hiddenIn(text)
        .replaceAll("\\x1b\\[[0-9;?]*[ -/]*[@-~]", "")
        .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]", "?");
  }

  /** Returns whether any secret is known. Otherwise there is nothing to search for. */
  static boolean any() {
    return !KNOWN.isEmpty();
  }

  /** Removes a secret, for tests only. */
  static void forget(String secret) {
    spellings(secret.strip())
        .filter(KNOWN::remove)
        .forEach(known -> sameStart(known).remove(known));
  }
}
