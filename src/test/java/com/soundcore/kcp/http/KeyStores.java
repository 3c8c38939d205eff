package com.soundcore.kcp.http;

import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.SmallFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The client certificate and the trusted authorities of a deployment, in PKCS#12 files that
 * environment variables name. The load reads the same variables through {@code conf/gatling.conf}.
 */
final class KeyStores {
  private static final String KEYS = "KCP_KEY_STORE";
  private static final String TRUSTED = "KCP_TRUST_STORE";

  private KeyStores() {}

  /**
   * Returns a TLS context with these stores; empty if the environment names none.
   *
   * @throws Refusal if a store cannot be opened; the message omits the password
   */
  static Optional<SSLContext> context(Map<String, String> environment) {
    try {
      Optional<KeyStore> keys = store(environment, KEYS);
      Optional<KeyStore> trusted = store(environment, TRUSTED);
      if (keys.isEmpty() && trusted.isEmpty()) {
        return Optional.empty();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys.isPresent() ? keyManagers(keys.get(), environment) : null,
          trusted.isPresent() ? trustManagers(trusted.get()) : null,
          null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new Refusal("%s or %s cannot be used: %s".formatted(KEYS, TRUSTED, e.getMessage()));
    }
  }

  private static Optional<KeyStore> store(Map<String, String> environment, String variable)
      throws GeneralSecurityException {
    String file = environment.getOrDefault(variable, "");
    if (file.isBlank()) {
      return Optional.empty();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(
          new ByteArrayInputStream(SmallFile.bytes(Path.of(file))),
          password(environment, variable));
      return Optional.of(store);
    } catch (IOException e) {
      throw new Refusal(
          "%s names %s, which cannot be opened: %s. It must be PKCS#12, and its password in %s_PASSWORD."
              .formatted(variable, file, e.getMessage(), variable));
    }
  }

  private static char[] password(Map<String, String> environment, String variable) {
    return environment.getOrDefault(variable + "_PASSWORD", "").toCharArray();
  }

  private static KeyManager[] keyManagers(KeyStore store, Map<String, String> environment)
      throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password(environment, KEYS));
    return factory.getKeyManagers();
  }

  private static TrustManager[] trustManagers(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
