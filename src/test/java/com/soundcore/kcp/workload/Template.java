package com.soundcore.kcp.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with {name} placeholders. It is parsed once, so that filling it only copies text. */
final class Template {
  private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

  private final List<String> literals = new ArrayList<>();
  private final List<Integer> slots = new ArrayList<>();
  private final Function<Value, String> form;
  private final int capacity;

  /**
   * @param text the text with {name} placeholders
   * @param names the names in the order of their values; new names are appended
   * @param form converts a value to its form in this text
   */
  Template(String text, List<String> names, Function<Value, String> form) {
    this.form = form;
    Matcher matcher = NAME.matcher(text);
    int end = 0;
    while (matcher.find()) {
      literals.add(text.substring(end, matcher.start()));
      if (!names.contains(matcher.group(1))) {
        names.add(matcher.group(1));
      }
      slots.add(names.indexOf(matcher.group(1)));
      end = matcher.end();
    }
    literals.add(text.substring(end));
    capacity = text.length() + 32 * slots.size();
  }

  /** Returns whether the text has no placeholders. */
  boolean isFixed() {
    return slots.isEmpty();
  }

  String fill(Value[] values) {
    if (isFixed()) {
      return literals.get(0);
    }
    StringBuilder text = new StringBuilder(capacity);
    for (int i = 0; i < slots.size(); i++) {
      text.append(literals.get(i)).append(form.apply(values[slots.get(i)]));
    }
    return text.append(literals.get(slots.size())).toString();
  }
}
