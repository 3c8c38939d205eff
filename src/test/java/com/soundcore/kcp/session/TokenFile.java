package com.soundcore.kcp.session;

import com.soundcore.kcp.config.Sessions;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.http.Token;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.Secrets;
import com.soundcore.kcp.run.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Tokens from a file, one per line, spread over the users. The file is read every second, because
 * secret rotation, such as that of Kubernetes, rewrites it.
 */
final class TokenFile implements Tokens {
  static final String VARIABLE = "KCP_TOKEN_FILE";

  private static final long READ_AGAIN_MS = 1000;

  private final Path file;
  private final Sessions.TokenHeader header;
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(TokenFile::daemon);
  private final Set<String> everRead = ConcurrentHashMap.newKeySet();
  private volatile List<String> tokens;
  private volatile boolean unreadable;

  /**
   * @throws Refusal if the file cannot be read or contains no token
   */
  TokenFile(Path file, Sessions.TokenHeader header) {
    this.file = file;
    this.header = header;
    try {
      tokens = read();
    } catch (IOException e) {
      throw new Refusal(
          "%s names %s, which cannot be read: %s".formatted(VARIABLE, file, e.getMessage()));
    }
    if (tokens.isEmpty()) {
      throw new Refusal("%s names %s, which holds no token.".formatted(VARIABLE, file));
    }
    reader.scheduleWithFixedDelay(
        this::readAgain, READ_AGAIN_MS, READ_AGAIN_MS, TimeUnit.MILLISECONDS);
  }

  private List<String> read() throws IOException {
    List<String> read =
        SmallFile.text(file).lines().flatMap(line -> Token.of(line).stream()).toList();
    everRead.addAll(read);
    return read;
  }

  @Override
  public Collection<String> secrets() {
    Set<String> all = new HashSet<>(Secrets.ofEnvironment());
    all.addAll(everRead);
    return all;
  }

  /**
   * Keeps the previous tokens if the file is empty or unreadable, because it may be half-written.
   */
  private void readAgain() {
    try {
      List<String> now = read();
      if (!now.isEmpty()) {
        tokens = now;
      }
    } catch (IOException | RuntimeException notThere) {
      if (!unreadable) {
        unreadable = true;
        System.out.println(
            "The file of %s cannot be read any more; the last tokens stay in use."
                .formatted(VARIABLE));
      }
    }
  }

  @Override
  public List<String> caveats() {
    return unreadable
        ? List.of(
            "SIGN-IN: the file of %s could not be read again during the run; tokens may have ended"
                .formatted(VARIABLE))
        : List.of();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "token-file");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Optional<String> any() {
    return Optional.of(tokens.get(0));
  }

  @Override
  public Optional<LongFunction<String>> byUser() {
    return Optional.of(
        user -> {
          List<String> now = tokens;
          return header.value(now.get((int) (user % now.size())));
        });
  }

  @Override
  public boolean secret() {
    return true;
  }

  @Override
  public void start(Http http) {
    // Users do not sign in.
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
