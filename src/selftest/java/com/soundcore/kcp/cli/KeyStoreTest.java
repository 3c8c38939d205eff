package com.soundcore.kcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.embedded.ClassPath;
import com.soundcore.kcp.testkit.Certificate;
import com.soundcore.kcp.testkit.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores that are made from PEM files, by the real command. */
class KeyStoreTest {
  private static final Map<String, String> PASSWORDS =
      Map.of("KCP_KEY_STORE_PASSWORD", "st0re-key", "KCP_TRUST_STORE_PASSWORD", "st0re-trust");

  @TempDir private Path folder;

  private Path pem(String name, String kind, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind));
  }

  private Shell.Done made(Map<String, String> environment, String options) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Shell.run(
        "%s -cp '%s' %s key-store %s"
            .formatted(java, ClassPath.ofTheSuite(), Kcp.class.getName(), options),
        environment,
        Path.of(""));
  }

  private static KeyStore opened(Path store, String password) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, password.toCharArray());
    }
    return keys;
  }

  @Test
  void aCertificateItsKeyAndItsAuthorityBecomeStoresThatTheirPasswordsOpen() throws Exception {
    char[] secret = Certificate.PASSWORD.toCharArray();
    KeyStore real = opened(Certificate.of(folder, "IP:127.0.0.1").store(), Certificate.PASSWORD);
    byte[] key = real.getKey("kcp", secret).getEncoded();
    byte[] certificate = real.getCertificate("kcp").getEncoded();
    pem("tls.key", "PRIVATE KEY", key);
    pem("tls.crt", "CERTIFICATE", certificate);
    Shell.Done made =
        made(
            PASSWORDS,
            "--certificate=%1$s/tls.crt --key=%1$s/tls.key --authority=%1$s/tls.crt --into=%1$s"
                .formatted(folder));
    assertThat(made.code()).as(made.output()).isZero();
    assertThat(made.output())
        .contains("export KCP_KEY_STORE=" + folder.resolve("client.p12"))
        .contains("export KCP_TRUST_STORE=" + folder.resolve("trust.p12"))
        .doesNotContain("st0re");
    KeyStore client = opened(folder.resolve("client.p12"), "st0re-key");
    assertThat(client.getKey("client", "st0re-key".toCharArray()).getEncoded()).isEqualTo(key);
    assertThat(client.getCertificateChain("client")[0].getEncoded()).isEqualTo(certificate);
    KeyStore trusted = opened(folder.resolve("trust.p12"), "st0re-trust");
    assertThat(trusted.getCertificate("authority-1").getEncoded()).isEqualTo(certificate);
    assertThat(Files.getPosixFilePermissions(folder.resolve("client.p12")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void whatIsNoCertificateOrNoKeyIsSaidWithoutShowingIt() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "t0p-secret");
    Shell.Done refused = made(PASSWORDS, "--authority=" + other);
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.output()).contains("holds no certificate").doesNotContain("t0p-secret");
    assertThat(made(Map.of(), "--authority=" + other).output())
        .contains("KCP_TRUST_STORE_PASSWORD must be in the environment");
    assertThat(made(PASSWORDS, "--certificate=" + other).output())
        .contains("Name --certificate with its --key");
  }
}
