package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code kcp key-store}: which stores it makes, and which passwords it takes. */
class KeyStoreTest {
  private static final Map<String, String> PASSWORDS =
      Map.of("KCP_KEY_STORE_PASSWORD", "st0re-key", "KCP_TRUST_STORE_PASSWORD", "st0re-trust");

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String made(Map<String, String> environment, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    KeyStoreCommand command = new KeyStoreCommand(environment, printed);
    new CommandLine(command).parseArgs(options);
    assertThat(command.call()).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private KeyStore opened(String store, String password) throws Exception {
    return KeyStore.getInstance(folder.resolve(store).toFile(), password.toCharArray());
  }

  @Test
  void eachStoreIsLockedWithItsOwnPasswordAndNamedAsARunWantsIt() throws Exception {
    Pem.Pair client = Pem.Pair.of(folder, "EC");
    String printed =
        made(
            PASSWORDS,
            "--certificate=" + file("tls.crt", client.certificates()),
            "--key=" + file("tls.key", Pem.of(client.key())),
            "--authority=" + file("ca.crt", Pem.AUTHORITY),
            "--into=" + folder);
    assertThat(printed)
        .isEqualTo(
            "export KCP_KEY_STORE=%s%nexport KCP_TRUST_STORE=%s%n"
                .formatted(folder.resolve("client.p12"), folder.resolve("trust.p12")));
    assertThat(opened("client.p12", "st0re-key").isKeyEntry("client")).isTrue();
    assertThat(opened("trust.p12", "st0re-trust").isCertificateEntry("authority-1")).isTrue();
  }

  @Test
  void anAuthorityAloneMakesNoKeyStoreAndNeedsNoPasswordOfOne() throws Exception {
    String printed =
        made(
            Map.of("KCP_TRUST_STORE_PASSWORD", "st0re-trust"),
            "--authority=" + file("ca.crt", Pem.AUTHORITY),
            "--into=" + folder);
    assertThat(printed)
        .isEqualTo("export KCP_TRUST_STORE=%s%n".formatted(folder.resolve("trust.p12")));
    assertThat(folder.resolve("client.p12")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--certificate=a.pem", "--key=a.pem", "--key=a.pem --authority=b.pem"})
  void aCertificateGoesWithItsKey(String options) {
    String[] words = options.isEmpty() ? new String[0] : options.split(" ");
    assertThatThrownBy(() -> made(PASSWORDS, words))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "Name --certificate with its --key, or --authority, or all three of them (PEM files).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12345"})
  void aPasswordThatIsMissingOrTooShortIsAskedForAndNothingIsWritten(String password)
      throws Exception {
    String authority = file("ca.crt", Pem.AUTHORITY);
    Map<String, String> environment =
        password.isEmpty() ? Map.of() : Map.of("KCP_TRUST_STORE_PASSWORD", password);
    assertThatThrownBy(() -> made(environment, "--authority=" + authority, "--into=" + folder))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(
            "KCP_TRUST_STORE_PASSWORD must be in the environment, six characters or more");
    assertThat(folder.resolve("trust.p12")).doesNotExist();
  }
}
