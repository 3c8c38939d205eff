package com.soundcore.kcp.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.Sessions;
import com.soundcore.kcp.config.Sessions.Login;
import com.soundcore.kcp.config.Sessions.Refresh;
import com.soundcore.kcp.config.services.AnswerPart;
import com.soundcore.kcp.config.services.Exchange;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Http.Answer;
import com.soundcore.kcp.http.Token;
import com.soundcore.kcp.run.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * A fixed number of users that sign in before the load at a limited rate. They renew their tokens
 * before expiry. Virtual users share them in turn.
 */
final class SignedInUsers implements Tokens {
  private static final String PASSWORD = "KCP_LOGIN_PASSWORD";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int AT_ONCE = 16;
  private static final long LOOK_AGAIN_MS = 500;

  /**
   * A token with its sign-in, renewal and expiry times. A token without expiry has {@link
   * Instant#MAX}.
   */
  private record Held(
      String token, Optional<String> refresh, Instant signedInAt, Instant renewAt, Instant endsAt) {
    boolean ends() {
      return endsAt != Instant.MAX;
    }
  }

  private final Login login;
  private final String url;
  private final String base;
  private final String password;
  private final Sessions.TokenHeader header;
  private final LongAdder renewals = new LongAdder();
  private final AtomicReferenceArray<Held> held;
  private final AtomicLong nextAtNanos = new AtomicLong(System.nanoTime());
  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, work -> daemon(work, "sign-in"));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "sign-in-clock"));
  private final Set<Integer> expired = ConcurrentHashMap.newKeySet();
  private volatile Optional<String> refusal = Optional.empty();

  SignedInUsers(KcpConfig config) {
    this.login = config.sessions().login();
    this.base = config.environment().urls().get(login.service()).toString();
    this.url = base + login.path();
    this.password = Optional.ofNullable(System.getenv(PASSWORD)).orElse("");
    this.header = config.sessions().tokenHeader();
    this.held = new AtomicReferenceArray<>(login.users());
  }

  @Override
  public void start(Http http) {
    Http anonymous = http.withoutToken();
    try {
      inParallel(IntStream.range(0, held.length()).toArray(), anonymous);
    } catch (Refusal refused) {
      close();
      throw new Refusal(refused.getMessage() + " No load was sent.");
    }
    mustBeRenewable();
    clock.scheduleWithFixedDelay(
        () -> renew(anonymous), LOOK_AGAIN_MS, LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
  }

  /** Signs in users in parallel, within the rate limit. The first failure aborts it. */
  private void inParallel(int[] users, Http http) {
    AtomicInteger turn = new AtomicInteger();
    Callable<Void> worker =
        () -> {
          for (int i = turn.getAndIncrement(); i < users.length; i = turn.getAndIncrement()) {
            Held next = renewed(http, users[i]);
            Held last = held.getAndSet(users[i], next);
            if (last != null && last.endsAt().isBefore(next.signedInAt())) {
              expired.add(users[i]);
            }
          }
          return null;
        };
    try {
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(AT_ONCE, worker))) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refusal refusal
          ? refusal
          : new Refusal("Users could not sign in: " + e.getCause() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("Signing in was interrupted.");
    }
  }

  /** Refuses tokens that are due for renewal before all users have signed in once. */
  private void mustBeRenewable() {
    double seconds = held.length() / login.perSecond();
    Held first = held.get(0);
    long life = first.signedInAt().until(first.renewAt(), ChronoUnit.SECONDS);
    if (first.ends() && seconds > Math.max(1, life)) {
      close();
      throw new Refusal(
          "%,d users at %.0f sign-ins a second (kcp.sessions.login.per-second) take %.0f s, and their tokens must be renewed after %d s. Fewer users, longer tokens, or more sign-ins a second. No load was sent."
              .formatted(held.length(), login.perSecond(), seconds, Math.max(0, life)));
    }
  }

  private void renew(Http http) {
    Instant now = Instant.now();
    int[] due =
        IntStream.range(0, held.length())
            .filter(u -> held.get(u).renewAt().isBefore(now))
            .toArray();
    try {
      inParallel(due, http);
    } catch (RuntimeException refused) {
      if (refusal.isEmpty()) {
        refusal = Optional.of(refused.getMessage());
        System.out.println("A token could not be renewed: " + refused.getMessage());
      }
    }
    lookForExpired();
  }

  /** Records users whose token has expired. Their calls are refused until the next token. */
  private void lookForExpired() {
    Instant now = Instant.now();
    IntStream.range(0, held.length())
        .filter(user -> held.get(user).endsAt().isBefore(now))
        .forEach(expired::add);
  }

  @Override
  public List<String> caveats() {
    lookForExpired();
    if (expired.isEmpty()) {
      return List.of();
    }
    String why =
        refusal
            .map(first -> " The first sign-in that failed: " + first)
            .orElse(" Signing in was too slow; see kcp.sessions.login.");
    return List.of(
        "SIGN-IN: %,d of %,d tokens expired before they were renewed; a 401 of such a user says nothing of the service.%s"
            .formatted(expired.size(), held.length(), why));
  }

  /** Renews by the refresh token if there is one, and else signs in again. */
  private Held renewed(Http http, int user) {
    Held last = held.get(user);
    if (last == null) {
      return signedIn(http, user);
    }
    renewals.increment();
    if (last.refresh().isPresent()) {
      Refresh refresh = login.refresh().get();
      String template = refresh.body();
      String token = last.refresh().get();
      String body = template.replace("{refresh}", refresh.form() ? inForm(token) : inJson(token));
      awaitTurn();
      String at = base + refresh.path();
      Answer answer = http.call("POST", at, body, Exchange.mediaType(refresh.form()), Map.of());
      Optional<Held> next = held(answer, user, last.refresh());
      if (next.isPresent()) {
        return next.get();
      }
    }
    return signedIn(http, user);
  }

  private static String inJson(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static String inForm(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Held signedIn(Http http, int user) {
    awaitTurn();
    boolean form = !login.form().isEmpty();
    String body =
        (form ? login.form() : login.body())
            .replace("{user}", String.valueOf(user + 1))
            .replace("{password}", form ? inForm(password) : inJson(password));
    Answer answer = http.call("POST", url, body, Exchange.mediaType(form), Map.of());
    return held(answer, user, Optional.empty())
        .orElseThrow(
            () ->
                new Refusal(
                    "User %d could not sign in at %s: %s without %s. See kcp.sessions.login; the password comes from %s."
                        .formatted(
                            user + 1,
                            url,
                            answer.status() == 0 ? answer.body() : "status " + answer.status(),
                            login.token().name().replaceAll("^/", ""),
                            PASSWORD)));
  }

  /**
   * Returns the tokens of a response; empty if the sign-in failed.
   *
   * @param before the refresh token to keep if the response contains no other
   */
  private Optional<Held> held(Answer answer, int user, Optional<String> before) {
    boolean success = answer.status() >= 200 && answer.status() < 300;
    Optional<String> token =
        success ? part(login.token(), answer).flatMap(Token::of) : Optional.empty();
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> refresh =
        login.refresh().flatMap(how -> part(how.token(), answer)).or(() -> before);
    Instant now = Instant.now();
    Instant end = endsAt(parsed(answer), token.get());
    return Optional.of(new Held(token.get(), refresh, now, renewAt(now, end, user), end));
  }

  private static Optional<String> part(AnswerPart part, Answer answer) {
    return part.in(answer.body(), answer.headers()::allValues);
  }

  /**
   * Spreads renewals over the last third of the token's lifetime, so that users do not all renew at
   * once.
   */
  private Instant renewAt(Instant now, Instant end, int user) {
    if (end == Instant.MAX) {
      return end;
    }
    Instant latest = end.minus(login.renewBefore());
    long spare = Math.max(0, now.until(latest, ChronoUnit.MILLIS)) / 3;
    return latest.minusMillis(spare * user / held.length());
  }

  private Instant endsAt(JsonNode answer, String token) {
    JsonNode seconds = answer.path(login.expiresIn());
    Optional<Instant> end =
        seconds.isNumber()
            ? Optional.of(Instant.now().plusSeconds(seconds.asLong()))
            : Token.expires(token);
    return end.orElse(Instant.MAX);
  }

  private void awaitTurn() {
    long between = (long) (TimeUnit.SECONDS.toNanos(1) / login.perSecond());
    long now = System.nanoTime();
    long turn = nextAtNanos.getAndUpdate(next -> Math.max(next, now) + between);
    for (long left = turn - now; left > 0; left = turn - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static JsonNode parsed(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Optional<String> any() {
    return Optional.ofNullable(held.get(0)).map(Held::token);
  }

  @Override
  public Optional<LongFunction<String>> byUser() {
    return Optional.of(user -> header.value(held.get((int) (user % held.length())).token()));
  }

  @Override
  public boolean secret() {
    return true;
  }

  @Override
  public void close() {
    if (renewals.sum() > 0) {
      System.out.printf(
          Locale.ROOT,
          "sign-in   %,d users; tokens were renewed %,d times during the run%n",
          held.length(),
          renewals.sumThenReset());
    }
    clock.shutdownNow();
    threads.shutdownNow();
  }
}
