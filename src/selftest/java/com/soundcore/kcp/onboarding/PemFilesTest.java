package com.soundcore.kcp.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.Authority;
import com.soundcore.kcp.testkit.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {
  private static final String PASSWORD = "st0re-key";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static KeyStore opened(Path store) throws Exception {
    return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519", "Ed448"})
  void aKeyOfEachKindIsKept(String algorithm) throws Exception {
    aPairIsKept(Pem.Pair.of(folder, algorithm));
  }

  @Test
  void theWholeChainIsKept() throws Exception {
    Pem.Pair signed = Pem.Pair.signedBy(Authority.in(folder));
    assertThat(signed.chain()).hasSize(2);
    aPairIsKept(signed);
  }

  private void aPairIsKept(Pem.Pair client) throws Exception {
    Path store = folder.resolve("client.p12");
    PemFiles.keyStore(
        file("tls.crt", client.certificates()),
        file("tls.key", Pem.of(client.key())),
        store,
        PASSWORD);
    KeyStore keys = opened(store);
    assertThat(Collections.list(keys.aliases())).containsExactly("client");
    assertThat(keys.getKey("client", PASSWORD.toCharArray()).getEncoded())
        .isEqualTo(client.key().getEncoded());
    assertThat(keys.getCertificateChain("client")).containsExactlyElementsOf(client.chain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed448"})
  void aKeyOfAnotherCertificateIsRefusedAndBothFilesAreNamed(String algorithm) throws Exception {
    Path chain = file("tls.crt", Pem.CLIENT + Pem.AUTHORITY);
    Path key = file("tls.key", Pem.of(Pem.key(algorithm)));
    Path store = folder.resolve("client.p12");
    assertThatThrownBy(() -> PemFiles.keyStore(chain, key, store, PASSWORD))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "The key in %s does not belong to the first certificate in %s. Name the key that the certificate was issued for, and put the client's certificate first in its file."
                .formatted(key, chain));
    assertThat(store).doesNotExist();
  }

  @Test
  void eachAuthorityOfAFileIsTrusted() throws Exception {
    Path store = folder.resolve("trust.p12");
    PemFiles.trustStore(file("ca.crt", Pem.AUTHORITY + Pem.CLIENT), store, PASSWORD);
    KeyStore trusted = opened(store);
    assertThat(Collections.list(trusted.aliases()))
        .containsExactlyInAnyOrder("authority-1", "authority-2");
    assertThat(trusted.getCertificate("authority-1")).isEqualTo(Pem.certificate(Pem.AUTHORITY));
    assertThat(trusted.getCertificate("authority-2")).isEqualTo(Pem.certificate(Pem.CLIENT));
  }

  @Test
  void aStoreIsItsOwnersAloneThoughAnOpenOneWasThere() throws Exception {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "This file system has no POSIX permissions");
    Path store = file("trust.p12", "an older one");
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-rw-rw-"));
    PemFiles.trustStore(file("ca.crt", Pem.AUTHORITY), store, PASSWORD);
    assertThat(Files.getPosixFilePermissions(store))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(opened(store).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t0p-secret",
        "-----BEGIN CERTIFICATE-----\nt0p-secret\n-----END CERTIFICATE-----\n"
      })
  void aFileWithoutACertificateIsRefusedAndNotShown(String text) throws Exception {
    Path other = file("other", text);
    assertThatThrownBy(() -> PemFiles.trustStore(other, folder.resolve("trust.p12"), PASSWORD))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "%s holds no certificate; it must have -----BEGIN CERTIFICATE----- lines (PEM)."
                .formatted(other));
    assertThat(folder.resolve("trust.p12")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t0p-secret | holds no unencrypted PKCS#8 key (-----BEGIN PRIVATE KEY-----). From another"
            + " form: openssl pkcs8",
        "-----BEGIN RSA PRIVATE KEY-----t0p-----END RSA PRIVATE KEY----- | holds no unencrypted"
            + " PKCS#8 key",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----t0p-----END ENCRYPTED PRIVATE KEY----- | holds no"
            + " unencrypted PKCS#8 key",
        "-----BEGIN PRIVATE KEY-----t0psecret-----END PRIVATE KEY----- | holds a key that is"
            + " incomplete.",
        "-----BEGIN PRIVATE KEY-----t0psecre-----END PRIVATE KEY----- | holds a key of a kind that"
            + " is not known here."
      })
  void aFileWithoutAPlainKeyIsRefusedAndNotShown(String text, String why) throws Exception {
    Path chain = file("tls.crt", Pem.CLIENT);
    Path key = file("tls.key", text);
    Path store = folder.resolve("client.p12");
    assertThatThrownBy(() -> PemFiles.keyStore(chain, key, store, PASSWORD))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(key + " " + why)
        .message()
        .doesNotContain("t0p");
    assertThat(store).doesNotExist();
  }

  @Test
  void aFileThatCannotBeReadOrWrittenIsNamed() throws Exception {
    Path nowhere = folder.resolve("nowhere").resolve("ca.crt");
    Path store = folder.resolve("trust.p12");
    assertThatThrownBy(() -> PemFiles.trustStore(nowhere, store, PASSWORD))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(nowhere + " cannot be read: ");
    Path authority = file("ca.crt", Pem.AUTHORITY);
    Path unwritable = folder.resolve("nowhere").resolve("trust.p12");
    assertThatThrownBy(() -> PemFiles.trustStore(authority, unwritable, PASSWORD))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(unwritable + " could not be written: ");
  }
}
