package com.soundcore.kcp.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;

/** Files as OpenSSL writes them, for tests. */
public final class Pem {
  /** A certificate that signs others. */
  public static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBVTCB/aADAgECAghdUW9LMP1dzjAKBggqhkjOPQQDAjAYMRYwFAYDVQQDEw1r
      Y3AtYXV0aG9yaXR5MCAXDTI2MTEzMDA3MzE0NFoYDzIxMjYxMTA2MDczMTQ0WjAY
      MRYwFAYDVQQDEw1rY3AtYXV0aG9yaXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
      QgAEAQuqQau5pQl6LXYYNqr71wVXr1940aLC6Ryrsm3kbT9lPXRxKNk4aHBIRHzx
      qw50xeFrAP113MlCNcIjOE7DM6MvMC0wHQYDVR0OBBYEFCkNuPn/aLgPVnq9iTTB
      NdfcbHxIMAwGA1UdEwQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgMnuvbkuORWQG
      asup6E+EPO5q/m+OBNKeZmeXKF9i9fgCIHCpJjBaKPyMB+XgiP4MOLEjRkyBY5GY
      cfHYsOa+cBOn
      -----END CERTIFICATE-----
      """;

  /** A client's certificate that the authority has issued. */
  public static final String CLIENT =
      """
      -----BEGIN CERTIFICATE-----
      MIIBaDCCAQ6gAwIBAgIJAKd113o4ZwN8MAoGCCqGSM49BAMCMBgxFjAUBgNVBAMT
      DWtjcC1hdXRob3JpdHkwIBcNMjYxMTMwMDczMTUwWhgPMjEyNjExMDYwNzMxNTBa
      MBUxEzARBgNVBAMTCmtjcC1jbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
      AAS+cbc31Z4ReQUdodI+KQGZ8hn23k1kA6GNOUJBR/SickxKt4tvPcYDuyTzgyr+
      zPS/HwPjy+Q1INjHeJyFDVhOo0IwQDAdBgNVHQ4EFgQUOBQxNnfzMdNDw9hAX0Ee
      Vz4ASf0wHwYDVR0jBBgwFoAUKQ24+f9ouA9Wer2JNME119xsfEgwCgYIKoZIzj0E
      AwIDSAAwRQIgDlr4vKXG33c9fNfJ2ZxMQOQ7Tzco/Ct3B6n43JbK8xkCIQDuGFoi
      4pmWQj/NdJ8Xw+AvVn6Ko5eMqeLBnlpigAgBYA==
      -----END CERTIFICATE-----
      """;

  private Pem() {}

  /**
   * A client's key, and its certificate.
   *
   * @param chain the certificate, then its issuer where another key has signed it
   */
  public record Pair(PrivateKey key, List<Certificate> chain) {
    private static final String ALIAS = "pair";

    /**
     * Makes a pair that signs itself.
     *
     * @param algorithm such as "EC"
     */
    public static Pair of(Path folder, String algorithm)
        throws IOException, InterruptedException, GeneralSecurityException {
      return in(folder.resolve(algorithm + ".p12"), "-keyalg " + algorithm);
    }

    /** Makes a pair that the authority has signed. */
    public static Pair signedBy(Authority authority)
        throws IOException, InterruptedException, GeneralSecurityException {
      return in(authority.store(), "-keyalg EC -signer authority");
    }

    private static Pair in(Path store, String options)
        throws IOException, InterruptedException, GeneralSecurityException {
      com.soundcore.kcp.testkit.Certificate.keytool(
          store, "-genkeypair -alias " + ALIAS + " -validity 2 -dname CN=kcp-client " + options);
      char[] password = com.soundcore.kcp.testkit.Certificate.PASSWORD.toCharArray();
      KeyStore made = KeyStore.getInstance(store.toFile(), password);
      return new Pair(
          (PrivateKey) made.getKey(ALIAS, password), List.of(made.getCertificateChain(ALIAS)));
    }

    /** Returns the certificates as a file of them. */
    public String certificates() throws GeneralSecurityException {
      StringBuilder all = new StringBuilder();
      for (Certificate one : chain) {
        all.append(pem("CERTIFICATE", one.getEncoded()));
      }
      return all.toString();
    }
  }

  /** A new private key, such as of the algorithm "EC". */
  public static PrivateKey key(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
  }

  public static String of(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }

  public static Certificate certificate(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
