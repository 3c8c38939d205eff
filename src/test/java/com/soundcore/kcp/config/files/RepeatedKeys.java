package com.soundcore.kcp.config.files;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that stand in a file twice. HOCON lets the last one win in silence, so that a target added
 * at the end of a file would replace the one that everybody reads. Objects may be written in parts,
 * and a later {@code ${…}} may override, which is how a value comes from the environment.
 *
 * <p>It reads files that have been parsed before, and looks for nothing but keys.
 */
final class RepeatedKeys {
  private static final Pattern INCLUDE =
      Pattern.compile("include\\s+(?:required\\()?(?:\\w+\\()?\"([^\"]+)\"\\)*");

  /** "knowledge" is knowledge; a name with a dot in it is one only with its quotes. */
  private static final Pattern QUOTED = Pattern.compile("\"([\\w-]+)\"");

  private final String text;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> elements = new HashMap<>();
  private final List<String> repeated = new ArrayList<>();
  private final List<String> included = new ArrayList<>();
  private int at;

  /**
   * @param text of a file in HOCON
   */
  RepeatedKeys(String text) {
    this.text = text;
    object("");
  }

  /** Each as "kcp.env in lines 3 and 12". */
  List<String> found() {
    return repeated;
  }

  /** The files that it includes. */
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

  /** Whether it takes the place of an earlier value: an object does not, nor does "${…}". */
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
    // A list may be written in parts, which are read as one.
    while (skipTo("]")) {
      value(element(path));
    }
    at++;
  }

  private String element(String list) {
    return list + "[" + (elements.merge(list, 1, Integer::sum) - 1) + "]";
  }

  /** Over blanks, commas and comments; false at the end of the text, or where one of these is. */
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
      // Quotes before the last three are its own.
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
