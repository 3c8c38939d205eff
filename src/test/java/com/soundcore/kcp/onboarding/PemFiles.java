package com.soundcore.kcp.onboarding;

import com.soundcore.kcp.run.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A converter of certificates and keys from PEM, which most deployments use, to PKCS#12, which the
 * JVM reads.
 */
public final class PemFiles {
  private static final String TYPE = "PKCS12";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private PemFiles() {}

  /**
   * Writes a client certificate and its key to a key store.
   *
   * @param chain the client certificate first, then its issuers
   * @param key unencrypted, PKCS#8
   * @throws Refusal if a file has other content, which the message does not repeat, or if the key
   *     does not belong to the first certificate
   */
  public static void keyStore(Path chain, Path key, Path store, String password) {
    write(
        store,
        password,
        keys -> {
          PrivateKey secret = privateKey(key);
          Certificate[] certificates = certificates(chain).toArray(Certificate[]::new);
          if (!belongTogether(secret, certificates[0].getPublicKey())) {
            throw new Refusal(
                "The key in %s does not belong to the first certificate in %s. Name the key that the certificate was issued for, and put the client's certificate first in its file."
                    .formatted(key, chain));
          }
          keys.setKeyEntry("client", secret, password.toCharArray(), certificates);
        });
  }

  /** A key store accepts any pair; only a signature proves that the two keys belong together. */
  private static boolean belongTogether(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
    byte[] message = "kcp".getBytes(StandardCharsets.US_ASCII);
    signature.initSign(key);
    signature.update(message);
    byte[] signed = signature.sign();
    try {
      signature.initVerify(certified);
      signature.update(message);
      return signature.verify(signed);
    } catch (InvalidKeyException | SignatureException ofAnotherKey) {
      // The key has another size or curve.
      return false;
    }
  }

  /**
   * Writes trusted authorities to a trust store.
   *
   * @throws Refusal if the file holds no certificate
   */
  public static void trustStore(Path authorities, Path store, String password) {
    write(
        store,
        password,
        trusted -> {
          int number = 1;
          for (Certificate one : certificates(authorities)) {
            trusted.setCertificateEntry("authority-" + number++, one);
          }
        });
  }

  /** A step that adds entries to a key store. */
  private interface Entries {
    void into(KeyStore store) throws GeneralSecurityException, IOException;
  }

  private static void write(Path file, String password, Entries entries) {
    try {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(null, null);
      entries.into(store);
      Files.deleteIfExists(file);
      try (OutputStream out = Files.newOutputStream(ownersAlone(file))) {
        store.store(out, password.toCharArray());
      }
    } catch (IOException e) {
      throw new Refusal("%s could not be written: %s".formatted(file, e.getMessage()));
    } catch (GeneralSecurityException e) {
      throw new Refusal("%s could not be made: %s".formatted(file, e.getMessage()));
    }
  }

  private static Path ownersAlone(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createFile(file);
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException {
    Collection<? extends Certificate> all = List.of();
    try {
      all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)));
    } catch (CertificateException other) {
      // The empty list is reported below.
    }
    if (all.isEmpty()) {
      throw new Refusal(
          "%s holds no certificate; it must have -----BEGIN CERTIFICATE----- lines (PEM)."
              .formatted(file));
    }
    return all;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Refusal("%s cannot be read: %s".formatted(file, e));
    }
  }

  private static PrivateKey privateKey(Path file) {
    Matcher key = KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
    if (!key.find()) {
      throw new Refusal(
          "%s holds no unencrypted PKCS#8 key (-----BEGIN PRIVATE KEY-----). From another form: openssl pkcs8 -topk8 -nocrypt -in %s -out key.pem"
              .formatted(file, file));
    }
    byte[] der = der(file, key.group(1));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException another) {
        // The key may have the next algorithm.
      }
    }
    throw new Refusal("%s holds a key of a kind that is not known here.".formatted(file));
  }

  private static byte[] der(Path file, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException cutOff) {
      throw new Refusal("%s holds a key that is incomplete.".formatted(file));
    }
  }
}
