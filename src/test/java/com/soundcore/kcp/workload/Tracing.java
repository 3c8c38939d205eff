package com.soundcore.kcp.workload;

import io.gatling.http.client.Request;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Trace IDs for a share of the calls, by which they can be found in the system's traces (W3C Trace
 * Context, {@code traceparent}).
 *
 * @param share the share of traced calls, from 0 to 1
 */
public record Tracing(double share) {
  /** Traces no call. */
  public static final Tracing NONE = new Tracing(0);

  private static final String HEADER = "traceparent";

  boolean isOn() {
    return share > 0;
  }

  /** Returns the next call's trace ID of 32 hexadecimal digits; empty if the call is not traced. */
  String next() {
    if (!isOn() || ThreadLocalRandom.current().nextDouble() >= share) {
      return "";
    }
    return hex() + hex();
  }

  /** Adds the header to a traced call. Its flag asks every service to record the trace. */
  static Request sign(Request request, DrawnCall call) {
    if (!call.trace().isEmpty()) {
      request.getHeaders().set(HEADER, "00-" + call.trace() + "-" + hex() + "-01");
    }
    return request;
  }

  /** Returns 16 digits that are not all zero, because the standard forbids zero. */
  private static String hex() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }
}
