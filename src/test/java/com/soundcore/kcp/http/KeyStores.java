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
 * A client certificate and authorities of a deployment's own, in PKCS#12 files that the environment
 * names. The load reads the same variables in {@code conf/gatling.conf}.
 */
final class KeyStores {
  private static final String KEYS = "KCP_KEY_STORE";
  private static final String TRUSTED = "KCP_TRUST_STORE";

  private KeyStores() {}

  /**
   * The TLS context with them; nothing where the environment names none.
   *
   * @throws Refusal where one cannot be opened; without its password
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
