package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.Sessions;
import java.time.Duration;

/** Reads {@code kcp.sessions}. */
final class SessionReader {
  private static final int MAX_USERS = 1_000_000;

  private final Section sessions;

  SessionReader(Section kcp) {
    this.sessions = kcp.section("sessions");
  }

  Sessions read() {
    return new Sessions(
        sessions.flag("shared-connections"),
        sessions.flag("http2"),
        sessions.flag("compressed"),
        sessions.texts("local-addresses"),
        login(sessions.section("login")));
  }

  private static Sessions.Login login(Section section) {
    return new Sessions.Login(
        (int) section.wholeNumber("users", 0, MAX_USERS),
        section.text("service"),
        section.path("path"),
        section.text("body"),
        section.text("token"),
        section.text("expires-in"),
        section.number("per-second", 0, 100_000),
        section.duration("renew-before", Duration.ZERO, Duration.ofHours(1)));
  }
}
