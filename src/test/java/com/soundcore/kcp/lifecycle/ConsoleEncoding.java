package com.soundcore.kcp.lifecycle;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * The encoding of standard output. Containers and many CI runners have a POSIX locale, which makes
 * Java print ASCII with question marks, although readers of their output expect UTF-8.
 */
public final class ConsoleEncoding {
  /** Characters that messages contain. */
  static final String NEEDED = "×–·→±≥≤…µ";

  private static boolean installed;

  private ConsoleEncoding() {}

  /**
   * Switches standard output and standard error to UTF-8 if the locale cannot print messages, and
   * keeps secrets and control characters out of both.
   */
  public static synchronized void ensure() {
    if (!installed) {
      installed = true;
      Charset charset = canPrint(ofTheLocale()) ? ofTheLocale() : StandardCharsets.UTF_8;
      System.setOut(new PrintStream(new SecretFreeOutput(System.out, charset), true, charset));
      System.setErr(new PrintStream(new SecretFreeOutput(System.err, charset), true, charset));
    }
  }

  static boolean canPrint(Charset charset) {
    return charset.canEncode() && charset.newEncoder().canEncode(NEEDED);
  }

  /**
   * Returns the JVM's encoding for standard output. The property's name depends on the JDK version.
   */
  private static Charset ofTheLocale() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
        .map(System::getProperty)
        .filter(name -> name != null && Charset.isSupported(name))
        .findFirst()
        .map(Charset::forName)
        .orElseGet(Charset::defaultCharset);
  }
}
