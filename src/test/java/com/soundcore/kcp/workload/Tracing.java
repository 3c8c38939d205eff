package com.soundcore.kcp.workload;

import io.gatling.http.client.Request;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives a share of the calls a trace of their own, so that they can be found again in the system's
 * traces (W3C Trace Context, {@code traceparent}).
 *
 * @param share of the calls, from 0 to 1
 */
public record Tracing(double share) {
  /** No call has one. */
  public static final Tracing NONE = new Tracing(0);

  private static final String HEADER = "traceparent";

  boolean isOn() {
    return share > 0;
  }

  /** The id of the next call's trace, 32 hexadecimal digits; empty where it has none. */
  String next() {
    if (!isOn() || ThreadLocalRandom.current().nextDouble() >= share) {
      return "";
    }
    return hex() + hex();
  }

  /** Puts the header on a call that has a trace; its flag asks every service to record it. */
  static Request sign(Request request, DrawnCall call) {
    if (!call.trace().isEmpty()) {
      request.getHeaders().set(HEADER, "00-" + call.trace() + "-" + hex() + "-01");
    }
    return request;
  }

  /** 16 digits that are not all zero, which the standard forbids. */
  private static String hex() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }
}
