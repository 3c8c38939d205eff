package com.soundcore.kcp.session;

import static com.soundcore.kcp.config.Sessions.TokenHeader.BEARER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that somebody rotates while the run goes on. */
class TokenFileTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  @Test
  void aFileOfTokensIsReadAgain(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), "one\ntwo\n\n");
    try (Tokens tokens = new TokenFile(file, BEARER)) {
      LongFunction<String> byUser = tokens.byUser().orElseThrow();
      assertThat(byUser.apply(0)).isEqualTo("Bearer one");
      assertThat(byUser.apply(3)).isEqualTo("Bearer two");
      Path other = Files.writeString(folder.resolve("new"), "three\n");
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (!byUser.apply(0).equals("Bearer three") && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      assertThat(byUser.apply(0)).isEqualTo("Bearer three");
      assertThat(tokens.caveats()).isEmpty();
      Files.delete(file);
      while (tokens.caveats().isEmpty() && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      assertThat(tokens.caveats()).singleElement().asString().contains("could not be read again");
      assertThat(byUser.apply(0)).isEqualTo("Bearer three");
    }
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> new TokenFile(empty, BEARER))
        .hasMessageContaining("which holds no token");
    assertThatThrownBy(() -> new TokenFile(folder.resolve("nosuch"), BEARER))
        .hasMessageContaining("which cannot be read");
  }
}
