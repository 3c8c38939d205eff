package com.soundcore.kcp.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All secrets that this process knows: those of its environment, and every token that it reads or
 * receives. The console and the files of a run pass through it.
 */
public final class Secrets {
  /** Parts of the names of secrets, as a regular expression for any case. */
  public static final String WORDS =
      "passw|secret|token|credential|authorization|cookie|api.?key|session.?id";

  private static final String HIDDEN = "(secret)";
  private static final Pattern NAME = Pattern.compile("(?i)" + WORDS + "|webhook|otlp.*headers");
  // A file's path is no secret, and messages about it must name it.
  private static final Pattern PATH = Pattern.compile("(?i).*_(?:FILE|PATH|STORE|DIR|SOCK)");
  // Shorter ones, and plain words such as "postgres", would take ordinary text with them.
  private static final int CERTAIN = 12;
  private static final Pattern DISTINCT =
      Pattern.compile("(?=.{6,})(?:.*[^a-zA-Z].*|.*[a-z][A-Z].*)", Pattern.DOTALL);
  private static final int MOST = 10_000;

  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

  static {
    ofEnvironment().forEach(Secrets::remember);
  }

  private Secrets() {}

  /** Whether the value of this name must stand nowhere. */
  public static boolean isNameOfOne(String name) {
    return NAME.matcher(name).find();
  }

  /** Values of this process's environment that must stand nowhere. */
  public static Set<String> ofEnvironment() {
    return System.getenv().entrySet().stream()
        .filter(variable -> isNameOfOne(variable.getKey()) && !variable.getValue().isBlank())
        .filter(variable -> !PATH.matcher(variable.getKey()).matches())
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }

  /** Keeps a secret out of what is written from now on; the first 10,000 are kept. */
  public static void remember(String secret) {
    String value = secret.strip();
    if (KNOWN.size() < MOST && (value.length() >= CERTAIN || DISTINCT.matcher(value).matches())) {
      spellings(value).forEach(KNOWN::add);
    }
  }

  /** As it is, and as it stands in JSON, in HTML and in a URL. */
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

  /** Returns the text without the secrets that are known. */
  public static String hiddenIn(String text) {
    String clean = text;
    for (String secret :
        KNOWN.stream()
            .filter(text::contains)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      clean =
          secret.length() >= CERTAIN
              ? clean.replace(secret, HIDDEN)
              : clean.replaceAll(
                  "(?<![\\p{Alnum}])" + Pattern.quote(secret) + "(?![\\p{Alnum}])", HIDDEN);
    }
    return clean;
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

  /** Whether any is known: else nothing has to be looked for. */
  static boolean any() {
    return !KNOWN.isEmpty();
  }

  /** For tests alone. */
  static void forget(String secret) {
    spellings(secret.strip()).forEach(KNOWN::remove);
  }
}
