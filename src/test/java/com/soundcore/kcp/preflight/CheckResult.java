package com.soundcore.kcp.preflight;

import java.util.regex.Pattern;

/**
 * One thing that was checked before a run.
 *
 * @param subject whose it is: a service, or "this machine"
 * @param check what was checked, such as "health" or an operation
 * @param sent what was asked
 * @param expected what is right
 * @param received what came
 * @param passed whether it was right
 * @param advice what to do where it was not; may be empty
 */
public record CheckResult(
    String subject,
    String check,
    String sent,
    String expected,
    String received,
    boolean passed,
    String advice) {

  // A login that answers with a token and the wrong status must not put it on a console.
  private static final Pattern SECRET =
      Pattern.compile(
          "(\"[a-z_]*(?:token|password|secret)[a-z_]*\"\\s*:\\s*\")[^\"]*",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST = 300;

  /** Whatever is named like a secret in what came is left out. */
  public CheckResult {
    received = masked(received);
  }

  private static String masked(String text) {
    return SECRET.matcher(text).replaceAll("$1(secret)");
  }

  /** The start of an answer, for a sentence: without anything that is named like a secret. */
  public static String shown(String answer) {
    String line = masked(answer).replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /** One that needs no advice. */
  CheckResult(
      String subject, String check, String sent, String expected, String received, boolean passed) {
    this(subject, check, sent, expected, received, passed, "");
  }
}
