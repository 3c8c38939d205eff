package com.soundcore.kcp.cli;

import com.soundcore.kcp.run.Refusal;
import java.io.Console;
import java.util.Locale;

/** Confirmation before rows are deleted. */
final class Deletion {
  private Deletion() {}

  /**
   * Prints the number of rows, and returns if the user agrees.
   *
   * @param yes whether the user agreed on the command line
   * @throws Refusal if the user does not agree; nothing was deleted
   */
  static void mustBeMeant(long rows, String what, boolean yes) {
    System.out.println(String.format(Locale.ROOT, "To delete: %,d %s.", rows, what));
    if (yes || rows == 0) {
      return;
    }
    Console console = System.console();
    String answer = console == null ? "" : console.readLine("Delete them? (yes/no) ");
    if (answer == null || !answer.strip().equalsIgnoreCase("yes")) {
      throw new Refusal("Nothing was deleted. To delete without a question, add --yes.");
    }
  }
}
