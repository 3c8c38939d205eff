package com.soundcore.kcp.lifecycle;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** The name of a run. Everything that the run creates carries it. */
final class RunTag {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private RunTag() {}

  /**
   * Returns a tag such as "kcp-spike-20260131-235959-1a2b". Its random suffix separates runs of the
   * same second.
   */
  static String of(String test) {
    byte[] random = new byte[2];
    new SecureRandom().nextBytes(random);
    String suffix = HexFormat.of().formatHex(random);
    return "kcp-" + test + "-" + TIME.format(Instant.now()) + "-" + suffix;
  }
}
