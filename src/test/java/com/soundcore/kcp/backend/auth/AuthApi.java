package com.soundcore.kcp.backend.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.JWTVerifier;
import com.fasterxml.jackson.databind.JsonNode;
import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.Json;
import com.soundcore.kcp.backend.http.LastReply;
import com.soundcore.kcp.backend.http.Reply;
import com.soundcore.kcp.backend.server.ServiceServer;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The auth service: real HS256 tokens for any caller. Like the current service, it accepts any
 * body.
 */
public final class AuthApi {
  private static final Duration ACCESS = Duration.ofMinutes(30);
  private static final Duration REFRESH = Duration.ofDays(7);
  private static final String NOBODY = "demo@soundcore.example";
  private static final String BEARER = "Bearer ";

  private final Algorithm algorithm;
  private final JWTVerifier verifier;
  private final UserStore users;
  private final LastReply<Verified> verified = new LastReply<>();
  private final LastReply<Me> me = new LastReply<>();

  public AuthApi(UserStore users) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    this.algorithm = Algorithm.HMAC256(key);
    this.verifier = JWT.require(algorithm).build();
    this.users = users;
  }

  public void serve(ServiceServer server) {
    server.query("POST", "/api/v1/auth/login", this::login);
    server.query("POST", "/api/v1/auth/register", this::register);
    server.query("POST", "/api/v1/auth/refresh", this::refresh);
    server.query("POST", "/api/v1/auth/verify", this::verify);
    server.query("GET", "/api/v1/users/me", this::me);
  }

  private Reply login(ApiCall call) {
    String email = text(call, "email", NOBODY);
    users.loggedIn(email);
    return Reply.ok(tokens(email));
  }

  private Reply register(ApiCall call) {
    String email = text(call, "email", NOBODY);
    return Reply.ok(new Registered(users.register(email), email, "user"));
  }

  private Reply refresh(ApiCall call) {
    return Reply.ok(tokens(subject(text(call, "refresh_token", "")).orElse(NOBODY)));
  }

  private Reply verify(ApiCall call) {
    Optional<String> email = subject(text(call, "token", ""));
    return verified.of(new Verified(email.isPresent(), email.orElse(null)));
  }

  private Reply me(ApiCall call) {
    String email =
        call.header(HttpHeaderNames.AUTHORIZATION)
            .filter(value -> value.startsWith(BEARER))
            .flatMap(value -> subject(value.substring(BEARER.length())))
            .orElse(NOBODY);
    return me.of(new Me(new User(users.idOf(email), email, "user")));
  }

  private Tokens tokens(String email) {
    return new Tokens(token(email, ACCESS), token(email, REFRESH), "bearer", ACCESS.toSeconds());
  }

  private String token(String email, Duration validity) {
    return JWT.create()
        .withSubject(email)
        .withExpiresAt(Instant.now().plus(validity))
        .sign(algorithm);
  }

  private Optional<String> subject(String token) {
    try {
      DecodedJWT decoded = verifier.verify(token);
      return Optional.ofNullable(decoded.getSubject());
    } catch (JWTVerificationException notOurs) {
      return Optional.empty();
    }
  }

  private static String text(ApiCall call, String field, String standard) {
    try {
      JsonNode json = Json.MAPPER.readTree(call.body());
      return json == null ? standard : json.path(field).asText(standard);
    } catch (IOException anyBodyIsTaken) {
      return standard;
    }
  }

  private record Tokens(
      String accessToken, String refreshToken, String tokenType, long expiresIn) {}

  private record Registered(int id, String email, String role) {}

  private record Verified(boolean valid, String email) {}

  private record Me(User user) {}

  private record User(int id, String email, String role) {}
}
