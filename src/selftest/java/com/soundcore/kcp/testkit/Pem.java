package com.soundcore.kcp.testkit;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;

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

  /** A new private key, such as of the algorithm "EC". */
  public static PrivateKey key(String algorithm) throws GeneralSecurityException {
    return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
  }

  public static String of(PrivateKey key) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n".formatted(body);
  }

  public static Certificate certificate(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
