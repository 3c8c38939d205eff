package com.soundcore.kcp.preflight;

import java.util.regex.Pattern;

/**
 * The result of one check before a run.
 *
 * @param subject a service, or "this machine"
 * @param check such as "health" or the name of an operation
 * @param sent the request, or the planned load
 * @param expected the result that passes
 * @param received the actual result; values of secrets are masked
 * @param passed whether the actual result is the expected one
 * @param advice how to fix a failed check; may be empty
 */
public record CheckResult(
    String subject,
    String check,
    String sent,
    String expected,
    String received,
    boolean passed,
    String advice) {

  // A login response with an unexpected status may contain a token; it must not reach the console.
  private static final Pattern SECRET =
      Pattern.compile(
          "(\"[a-z_]*(?:token|password|secret)[a-z_]*\"\\s*:\\s*\")[^\"]*",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST = 300;

  /** Masks values in the response whose names suggest a secret. */
  public CheckResult {
    received = masked(received);
  }

  private static String masked(String text) {
    return SECRET.matcher(text).replaceAll("$1(secret)");
  }

  /** Returns the first 300 characters of a response on one line, with secrets masked. */
  public static String shown(String answer) {
    String line = masked(answer).replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /** Creates a result without advice. */
  CheckResult(
      String subject, String check, String sent, String expected, String received, boolean passed) {
    this(subject, check, sent, expected, received, passed, "");
  }
}
