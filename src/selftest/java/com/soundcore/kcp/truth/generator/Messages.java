package com.soundcore.kcp.truth.generator;

/** How Gatling and the suite's checks name what went wrong. */
public final class Messages {
  public static final String REFUSED = "j.n.ConnectException: Connection refused";
  public static final String CLOSED = "i.n.h.c.PrematureCloseException";
  public static final String NO_PORTS = "j.n.BindException: Cannot assign requested address";
  public static final String WRONG_CONTENT = "content, no \"items\":[{ in the answer";

  private Messages() {}

  public static String timeout(int millis) {
    return "Request timeout to 127.0.0.1 after " + millis + " ms";
  }
}
