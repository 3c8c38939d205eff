package com.soundcore.kcp.workload;

import com.soundcore.kcp.config.services.Operation;
import java.util.List;

/** One call, ready to be sent, and then how its answer failed its checks. */
public final class DrawnCall {
  private static final byte[] NONE = {};

  private final Operation operation;
  private final String url;
  private final String body;
  private final List<String> contains;
  private String wrong = "";
  private byte[] answer = NONE;
  private String trace = "";

  /**
   * @param operation what is called
   * @param url where
   * @param body null for none
   * @param contains pieces that a right answer has
   */
  DrawnCall(Operation operation, String url, String body, List<String> contains) {
    this.operation = operation;
    this.url = url;
    this.body = body;
    this.contains = contains;
  }

  public Operation operation() {
    return operation;
  }

  public String url() {
    return url;
  }

  public String body() {
    return body;
  }

  public List<String> contains() {
    return contains;
  }

  /** What a check found; empty where no check failed, or where there was no answer to check. */
  public String wrong() {
    return wrong;
  }

  /** Bytes of the answer's body; 0 before there is one. */
  int received() {
    return answer.length;
  }

  /** The body of the answer; empty before there is one. */
  public byte[] answer() {
    return answer;
  }

  void received(byte[] body) {
    answer = body;
  }

  /** The id of its trace, 32 hexadecimal digits; empty where it has none. */
  public String trace() {
    return trace;
  }

  void tracedAs(String id) {
    trace = id;
  }

  /** A check failed; only one user has this call, so only one thread at a time sees it. */
  void markWrong(String what) {
    // Gatling goes on to the next check; the log has the first message.
    wrong = wrong.isEmpty() ? what : wrong;
  }
}
