package com.soundcore.kcp.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate, made by the JDK's own keytool, for tests. */
public record Certificate(Path store) {
  public static final String PASSWORD = "not-a-secret";

  /**
   * Makes one.
   *
   * @param name of the host, such as "IP:127.0.0.1" or "DNS:kcp.invalid"
   */
  public static Certificate of(Path folder, String name) throws IOException, InterruptedException {
    Path store = folder.resolve(name.replaceAll("[^a-z0-9]", "-") + ".p12");
    keytool(
        store, "-genkeypair -alias kcp -keyalg EC -validity 2 -dname CN=kcp-test -ext SAN=" + name);
    return new Certificate(store);
  }

  /**
   * Runs the JDK's own keytool.
   *
   * @param arguments without spaces of their own
   */
  static void keytool(Path store, String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(
        List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  /** A server's context with it, which trusts clients that have it, too. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(store)) {
      keys.load(file, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }
}
