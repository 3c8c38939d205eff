package com.soundcore.kcp.session;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Token;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.Secrets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** The bearer tokens of a run's calls. Thread-safe. */
public interface Tokens extends AutoCloseable {
  /** Returns the token for single calls before and after the load; empty without authentication. */
  Optional<String> any();

  /** Returns each user's token header value by user ID; empty if all users share {@link #any}. */
  Optional<LongFunction<String>> byUser();

  /** Returns whether the services receive a secret, now or later. */
  boolean secret();

  /**
   * Signs in all users that need a token, and waits until all are signed in.
   *
   * @throws Refusal if a user cannot sign in
   */
  void start(Http http);

  /** Returns caveats that these tokens add to the verdict. */
  default List<String> caveats() {
    return List.of();
  }

  /** Returns known secrets that no output may contain. */
  default Collection<String> secrets() {
    return Secrets.ofEnvironment();
  }

  @Override
  void close();

  /**
   * Returns the tokens that the environment and the configuration select.
   *
   * @throws Refusal if several ways to sign in are set, or the token file is unreadable
   */
  static Tokens of(KcpConfig config) {
    Optional<String> file =
        Optional.ofNullable(System.getenv(TokenFile.VARIABLE)).filter(name -> !name.isBlank());
    Optional<String> one = Token.fromEnvironment();
    boolean signsIn = config.sessions().login().users() > 0;
    int ways = (file.isPresent() ? 1 : 0) + (one.isPresent() ? 1 : 0) + (signsIn ? 1 : 0);
    if (ways > 1) {
      throw new Refusal(
          "KCP_TOKEN, %s and kcp.sessions.login.users are three ways to sign in; set only one."
              .formatted(TokenFile.VARIABLE));
    }
    if (signsIn) {
      return new SignedInUsers(config);
    }
    return file.isPresent()
        ? new TokenFile(Path.of(file.get()), config.sessions().tokenHeader())
        : new OneToken(one);
  }

  /** One token for all users, or none. */
  record OneToken(Optional<String> any) implements Tokens {
    @Override
    public Optional<LongFunction<String>> byUser() {
      return Optional.empty();
    }

    @Override
    public boolean secret() {
      return any.isPresent();
    }

    @Override
    public void start(Http http) {
      // Users do not sign in.
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
