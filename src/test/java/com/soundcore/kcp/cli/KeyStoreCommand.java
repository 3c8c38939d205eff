package com.soundcore.kcp.cli;

import com.soundcore.kcp.onboarding.PemFiles;
import com.soundcore.kcp.run.Refusal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kcp key-store}: turns certificates in PEM files into stores that a run can use. */
@Command(
    name = "key-store",
    description = "Makes the stores of KCP_KEY_STORE and KCP_TRUST_STORE from PEM files.")
final class KeyStoreCommand implements Callable<Integer> {
  private static final String KEYS = "KCP_KEY_STORE";
  private static final String TRUSTED = "KCP_TRUST_STORE";

  private final Map<String, String> environment;
  private final PrintStream out;

  @Option(names = "--certificate", description = "the client's, with those that it was issued by")
  private Path certificate;

  @Option(names = "--key", description = "of the certificate; PKCS#8, unencrypted")
  private Path key;

  @Option(names = "--authority", description = "certificates to be trusted")
  private Path authority;

  @Option(names = "--into", description = "the folder to write to; by itself this one")
  private Path folder = Path.of("");

  KeyStoreCommand() {
    this(System.getenv(), System.out);
  }

  KeyStoreCommand(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() {
    if (authority == null && certificate == null || (certificate == null) != (key == null)) {
      throw new Refusal(
          "Name --certificate with its --key, or --authority, or all three of them (PEM files).");
    }
    if (certificate != null) {
      Path store = folder.resolve("client.p12").toAbsolutePath();
      PemFiles.keyStore(certificate, key, store, password(KEYS));
      out.printf("export %s=%s%n", KEYS, store);
    }
    if (authority != null) {
      Path store = folder.resolve("trust.p12").toAbsolutePath();
      PemFiles.trustStore(authority, store, password(TRUSTED));
      out.printf("export %s=%s%n", TRUSTED, store);
    }
    return 0;
  }

  /**
   * Returns the password from the environment. As an argument, it would be visible in the list of
   * processes.
   */
  private String password(String store) {
    String password = environment.getOrDefault(store + "_PASSWORD", "");
    if (password.length() < 6) {
      throw new Refusal(
          "%s_PASSWORD must be in the environment, six characters or more: the store is locked with it, and a run opens it with the same."
              .formatted(store));
    }
    return password;
  }
}
