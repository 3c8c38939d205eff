package com.soundcore.kcp.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kind of a failed call's error, and the side at fault. This class alone writes and reads the
 * messages of the log.
 */
public enum ErrorKind {
  /** A status other than the expected one. */
  WRONG_STATUS(Fault.SYSTEM, "^status, "),
  /** The expected status with the wrong content. */
  WRONG_CONTENT(Fault.SYSTEM, "^content, "),
  /** This machine's sockets, ports, files, memory or name resolution failed: no call was sent. */
  GENERATOR(
      Fault.GENERATOR,
      "cannot assign requested address|too many open files|no buffer space|cannot allocate memory|"
          + "outofmemory|unknownhost|failed to resolve|bindexception"),
  /** A router reported the host as unreachable, or nothing answered at that address. */
  UNREACHABLE(Fault.SYSTEM, "no route to host|network is unreachable|host is down"),
  /** No complete answer within the timeout. */
  TIMEOUT(Fault.SYSTEM, "timeout|timed out"),
  /** Nothing listens on the port. */
  REFUSED(Fault.SYSTEM, "refused"),
  /** Any other error that closed the connection before the answer. */
  CLOSED(Fault.SYSTEM, "");

  /** The side that must fix it. */
  public enum Fault {
    SYSTEM,
    GENERATOR,
    TEST_DATA
  }

  private static final String STATUS = "status";
  private static final String CONTENT = "content";
  private static final String IN_THE_ANSWER = " in the answer";
  // The server rejected the request: the request itself may be the reason.
  private static final Pattern REJECTED =
      Pattern.compile("^status, (?:\\S+: )?(400|401|403|404|422) ");

  private static final Pattern OF_A_CHECK =
      Pattern.compile("^(status|content), \\S+(?:Exception|Error): ");

  private static final Pattern WRONG = Pattern.compile("^status, (?:\\S+: )?(\\d{3}) ");

  private final Fault fault;
  private final Pattern pattern;

  ErrorKind(Fault fault, String pattern) {
    this.fault = fault;
    this.pattern = Pattern.compile(pattern);
  }

  /** Returns the kind of an error with this message. */
  public static ErrorKind of(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> kind.pattern.matcher(lower).find())
        .findFirst()
        .orElse(CLOSED);
  }

  /**
   * Returns a message of the log for display: a check's message without the class of its exception.
   */
  public static String words(String message) {
    return OF_A_CHECK.matcher(message).replaceFirst("$1, ");
  }

  /** Returns the unexpected status; empty for other errors. */
  public static OptionalInt statusOf(String message) {
    Matcher status = WRONG.matcher(message);
    return status.find() ? OptionalInt.of(Integer.parseInt(status.group(1))) : OptionalInt.empty();
  }

  /** Returns the side at fault for an error with this message. */
  public static Fault faultOf(String message) {
    return REJECTED.matcher(message).find() ? Fault.TEST_DATA : of(message).fault;
  }

  /** Counts the calls with these errors that never left the generator. */
  public static long ofGenerator(Map<String, Long> errors) {
    return errors.entrySet().stream()
        .filter(error -> faultOf(error.getKey()) == Fault.GENERATOR)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Returns the name of the status check. Gatling puts it before the message. */
  public static String statusCheck() {
    return STATUS;
  }

  /** Returns the name of the content check. Gatling puts it before the message. */
  public static String contentCheck() {
    return CONTENT;
  }

  /** Returns the message "503 in place of 200". */
  public static String wrongStatus(int actual, int expected) {
    return actual + " in place of " + expected;
  }

  /** Returns the message "no "items": in the answer". */
  public static String missing(String piece) {
    return "no " + piece + IN_THE_ANSWER;
  }

  /** Returns the error without the values that differ from call to call. */
  public static String withoutValues(String wrong) {
    return wrong.endsWith(IN_THE_ANSWER) ? CONTENT : wrong;
  }

  /** Returns the message "not_implemented in the answer". */
  public static String forbidden(String piece) {
    return piece + IN_THE_ANSWER;
  }
}
