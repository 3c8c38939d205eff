package com.soundcore.kcp.truth;

/** How Gatling and the suite's checks name what went wrong. */
final class Messages {
  static final String REFUSED = "j.n.ConnectException: Connection refused";
  static final String CLOSED = "i.n.h.c.PrematureCloseException";
  static final String NO_PORTS = "j.n.BindException: Cannot assign requested address";
  static final String WRONG_CONTENT = "content, no \"items\":[{ in the answer";

  private Messages() {}

  static String timeout(int millis) {
    return "Request timeout to 127.0.0.1 after " + millis + " ms";
  }
}
