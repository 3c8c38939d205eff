package com.soundcore.kcp.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Signs certificates, for tests.
 *
 * @param store its own certificate: who trusts this trusts all that it has signed
 */
public record Authority(Path store) {
  private static final String ALIAS = "authority";

  /** Makes one. */
  public static Authority in(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve(ALIAS + ".p12");
    Certificate.keytool(
        store, "-genkeypair -alias authority -keyalg EC -dname CN=kcp-authority -ext bc=ca:true");
    return new Authority(store);
  }

  /**
   * Signs one for 127.0.0.1.
   *
   * @param from when it begins to be valid, such as "-3d"
   * @param days for how long
   */
  public Certificate sign(String from, int days) throws IOException, InterruptedException {
    Path signed = store.resolveSibling("from" + from + "-for-" + days + ".p12");
    Files.copy(store, signed);
    Certificate.keytool(
        signed,
        ("-genkeypair -alias kcp -keyalg EC -signer authority -startdate %s -validity %d"
                + " -dname CN=kcp-test -ext SAN=IP:127.0.0.1")
            .formatted(from, days));
    // It presents its own certificate alone.
    Certificate.keytool(signed, "-delete -alias " + ALIAS);
    return new Certificate(signed);
  }
}
