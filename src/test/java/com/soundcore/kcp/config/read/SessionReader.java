package com.soundcore.kcp.config.read;

import com.soundcore.kcp.config.Sessions;
import com.soundcore.kcp.config.services.AnswerPart;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of {@code kcp.sessions}. */
final class SessionReader {
  // Reports show this URL, so it must have no user and no password.
  private static final Pattern PROXY = Pattern.compile("http://([^@/:?#]+):(\\d{1,5})/?");
  private static final int MAX_PORT = 65_535;
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
        churn(),
        proxy(),
        sessions.texts("local-addresses"),
        login(sessions.section("login")),
        tokenHeader());
  }

  private Sessions.TokenHeader tokenHeader() {
    String name = sessions.text("token-header");
    sessions.headerName("token-header", name);
    return new Sessions.TokenHeader(name, sessions.headerValue("token-scheme"));
  }

  private double churn() {
    double share = sessions.share("churn");
    if (share > 0 && sessions.flag("http2")) {
      sessions.problem(
          "churn",
          "must be 0% with kcp.sessions.http2: HTTP/2 has no header that closes a connection");
    }
    return share;
  }

  private Optional<Sessions.Proxy> proxy() {
    String text = sessions.text("proxy");
    Matcher url = PROXY.matcher(text);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!url.matches() || Integer.parseInt(url.group(2)) > MAX_PORT) {
      sessions.problem(
          "proxy",
          "must be like http://proxy.example:3128; KCP_PROXY_USER and KCP_PROXY_PASSWORD in the"
              + " environment say who asks");
      return Optional.empty();
    }
    return Optional.of(new Sessions.Proxy(url.group(1), Integer.parseInt(url.group(2))));
  }

  private static AnswerPart part(Section section, String key) {
    String text = section.text(key);
    return AnswerPart.of(text)
        .orElseGet(
            () -> {
              section.problem(key, "was '%s'; must be %s".formatted(text, AnswerPart.FORMS));
              return new AnswerPart(AnswerPart.Kind.JSON, "/" + key);
            });
  }

  private static Optional<Sessions.Refresh> refresh(Section section) {
    String path = section.path("path");
    String body = section.text("body");
    String form = section.text("form");
    return section.text("token").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Sessions.Refresh(
                part(section, "token"), path, form.isEmpty() ? body : form, !form.isEmpty()));
  }

  private static Sessions.Login login(Section section) {
    return new Sessions.Login(
        (int) section.wholeNumber("users", 0, MAX_USERS),
        section.text("service"),
        section.path("path"),
        section.text("body"),
        section.text("form"),
        part(section, "token"),
        refresh(section.section("refresh")),
        section.text("expires-in"),
        section.number("per-second", 0, 100_000),
        section.duration("renew-before", Duration.ZERO, Duration.ofHours(1)));
  }
}
