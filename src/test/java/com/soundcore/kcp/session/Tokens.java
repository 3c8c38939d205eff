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

/** The bearer tokens that a run's calls carry. Safe for use by several threads. */
public interface Tokens extends AutoCloseable {
  /** For single calls, before and after the load; empty where nobody is signed in. */
  Optional<String> any();

  /**
   * The value of the token header of each user's calls; empty where {@link #any} is all there is.
   */
  Optional<LongFunction<String>> byUser();

  /** Whether a secret goes to the services, now or later. */
  boolean secret();

  /**
   * Signs in all users that need a token, and returns when they are signed in.
   *
   * @throws Refusal where somebody cannot be
   */
  void start(Http http);

  /** What must be known of a verdict on calls that carried them, in sentences. */
  default List<String> caveats() {
    return List.of();
  }

  /** Values that must stand nowhere, as far as they are known and few. */
  default Collection<String> secrets() {
    return Secrets.ofEnvironment();
  }

  @Override
  void close();

  /**
   * Those that the environment and the configuration ask for.
   *
   * @throws Refusal where they contradict each other, or cannot be read
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

  /** The same for everybody, or none. */
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
      // nobody signs in
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
