package com.soundcore.kcp.config.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search for repeated keys in a file. HOCON silently uses the last one, so a target added at the
 * end of a file would replace the one that readers see. Objects may be written in parts, and a
 * later {@code ${…}} may override a value, because that is how values come from environment
 * variables.
 *
 * <p>The file must be valid HOCON. Only keys are examined.
 */
final class RepeatedKeys {
  private static final Pattern INCLUDE =
      Pattern.compile("include\\s+(?:required\\()?(?:\\w+\\()?\"([^\"]+)\"\\)*");

  /** Quotes around a plain name are dropped; a name with a dot keeps them. */
  private static final Pattern QUOTED = Pattern.compile("\"([\\w-]+)\"");

  private final String text;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> elements = new HashMap<>();
  private final List<String> repeated = new ArrayList<>();
  private final List<String> included = new ArrayList<>();
  private int at;

  /**
   * @param text a file's text in HOCON
   */
  RepeatedKeys(String text) {
    this.text = text;
    object("");
  }

  /** Returns the repeated keys, such as "kcp.env in lines 3 and 12". */
  List<String> found() {
    return repeated;
  }

  /** Returns the names of included files. */
  List<String> included() {
    return included;
  }

  private void object(String path) {
    while (skipTo("")) {
      Matcher include = INCLUDE.matcher(text).region(at, text.length());
      if (text.charAt(at) == '}') {
        at++;
        return;
      } else if (include.lookingAt()) {
        included.add(include.group(1));
        at = include.end();
      } else {
        setting(path);
      }
    }
  }

  private void setting(String parent) {
    int from = at;
    while (at < text.length() && "=:{".indexOf(text.charAt(at)) < 0) {
      at = text.charAt(at) == '"' ? endOfString() : at + 1;
    }
    String written = text.substring(from, at).strip();
    boolean adds = written.endsWith("+");
    String key =
        QUOTED
            .matcher(adds ? written.substring(0, written.length() - 1).strip() : written)
            .replaceAll("$1");
    String path = parent.isEmpty() || key.isEmpty() ? parent + key : parent + "." + key;
    if (at < text.length() && text.charAt(at) != '{') {
      at++;
    }
    skipTo("");
    boolean replaces = value(adds ? element(path) : path);
    Integer earlier = places.put(path, from);
    if (earlier != null && replaces && !adds) {
      repeated.add("%s in lines %d and %d".formatted(path, line(earlier), line(from)));
    }
  }

  /** Returns whether the value replaces an earlier one. An object does not, and "${…}" does not. */
  private boolean value(String path) {
    boolean plain = false;
    boolean substitution = false;
    int from = at;
    while (at < text.length()
        && ",\n}]#".indexOf(text.charAt(at)) < 0
        && !text.startsWith("//", at)) {
      char next = text.charAt(at);
      if (text.startsWith("${", at)) {
        substitution = true;
        at = after("}");
      } else if (next == '{') {
        at++;
        object(path);
      } else if (next == '[') {
        plain = true;
        at++;
        list(path);
      } else {
        plain |= !Character.isWhitespace(next);
        at = next == '"' ? endOfString() : at + 1;
      }
    }
    if (at == from) {
      at++;
    }
    return plain && !substitution;
  }

  private void list(String path) {
    // HOCON joins the parts of a list.
    while (skipTo("]")) {
      value(element(path));
    }
    at++;
  }

  private String element(String list) {
    return list + "[" + (elements.merge(list, 1, Integer::sum) - 1) + "]";
  }

  /**
   * Skips blanks, commas and comments; returns false at the end of the text or at one of these
   * characters.
   */
  private boolean skipTo(String ends) {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '#' || text.startsWith("//", at)) {
        at = after("\n");
      } else if (Character.isWhitespace(next) || next == ',') {
        at++;
      } else {
        return ends.indexOf(next) < 0;
      }
    }
    return false;
  }

  private int endOfString() {
    if (text.startsWith("\"\"\"", at)) {
      at += 3;
      int end = after("\"\"\"");
      // Quotes before the last three belong to the text.
      while (end < text.length() && text.charAt(end) == '"') {
        end++;
      }
      return end;
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private int after(String end) {
    int found = text.indexOf(end, at);
    return found < 0 ? text.length() : found + end.length();
  }

  private int line(int place) {
    return 1 + (int) text.substring(0, place).chars().filter(c -> c == '\n').count();
  }
}
