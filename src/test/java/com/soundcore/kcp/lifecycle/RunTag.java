package com.soundcore.kcp.lifecycle;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** The name of a run, which everything carries that it creates. */
final class RunTag {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private RunTag() {}

  /** "kcp-spike-20260131-235959-1a2b": two runs in the same second differ too. */
  static String of(String test) {
    byte[] random = new byte[2];
    new SecureRandom().nextBytes(random);
    String suffix = HexFormat.of().formatHex(random);
    return "kcp-" + test + "-" + TIME.format(Instant.now()) + "-" + suffix;
  }
}
