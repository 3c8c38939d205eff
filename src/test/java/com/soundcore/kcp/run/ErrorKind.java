package com.soundcore.kcp.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kind of error a failed call was, and whose fault: the one place that writes and reads the
 * messages of the log.
 */
public enum ErrorKind {
  /** Another status than the right one. */
  WRONG_STATUS(Fault.SYSTEM, "^status, "),
  /** The right status and the wrong content. */
  WRONG_CONTENT(Fault.SYSTEM, "^content, "),
  /** This machine's sockets, ports, files, memory or name resolution: no call was sent. */
  GENERATOR(
      Fault.GENERATOR,
      "cannot assign requested address|too many open files|no buffer space|cannot allocate memory|"
          + "outofmemory|unknownhost|failed to resolve|bindexception"),
  /** A router, or nobody at that address, answered that it cannot be reached. */
  UNREACHABLE(Fault.SYSTEM, "no route to host|network is unreachable|host is down"),
  /** No complete answer within the time limit. */
  TIMEOUT(Fault.SYSTEM, "timeout|timed out"),
  /** Nobody listens. */
  REFUSED(Fault.SYSTEM, "refused"),
  /** Everything else that ends a connection before its answer. */
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
  // The server did not accept what was sent: what was sent may be the reason.
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

  /** The kind of an error with this message. */
  public static ErrorKind of(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> kind.pattern.matcher(lower).find())
        .findFirst()
        .orElse(CLOSED);
  }

  /** A message of the log as people read it: of a check without the class of its exception. */
  public static String words(String message) {
    return OF_A_CHECK.matcher(message).replaceFirst("$1, ");
  }

  /** The status that came in place of the right one; nothing for other errors. */
  public static OptionalInt statusOf(String message) {
    Matcher status = WRONG.matcher(message);
    return status.find() ? OptionalInt.of(Integer.parseInt(status.group(1))) : OptionalInt.empty();
  }

  /** Whose fault an error with this message is. */
  public static Fault faultOf(String message) {
    return REJECTED.matcher(message).find() ? Fault.TEST_DATA : of(message).fault;
  }

  /** Calls of these errors that never left the generator. */
  public static long ofGenerator(Map<String, Long> errors) {
    return errors.entrySet().stream()
        .filter(error -> faultOf(error.getKey()) == Fault.GENERATOR)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The name of the status check; Gatling puts it before the message. */
  public static String statusCheck() {
    return STATUS;
  }

  /** The name of the content check; Gatling puts it before the message. */
  public static String contentCheck() {
    return CONTENT;
  }

  /** "503 in place of 200". */
  public static String wrongStatus(int actual, int expected) {
    return actual + " in place of " + expected;
  }

  /** "no "items": in the answer". */
  public static String missing(String piece) {
    return "no " + piece + IN_THE_ANSWER;
  }

  /** What was wrong, without the values that differ from call to call. */
  public static String withoutValues(String wrong) {
    return wrong.endsWith(IN_THE_ANSWER) ? CONTENT : wrong;
  }

  /** "not_implemented in the answer". */
  public static String forbidden(String piece) {
    return piece + IN_THE_ANSWER;
  }
}
