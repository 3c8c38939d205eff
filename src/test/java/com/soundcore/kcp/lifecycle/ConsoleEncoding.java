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
  /** Messages contain these. */
  static final String NEEDED = "×–·→±≥≤…µ";

  private ConsoleEncoding() {}

  /** Switches standard output and standard error to UTF-8 if the locale cannot print messages. */
  public static void ensure() {
    if (!canPrint(ofTheLocale())) {
      System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    }
  }

  static boolean canPrint(Charset charset) {
    return charset.canEncode() && charset.newEncoder().canEncode(NEEDED);
  }

  /** Returns the encoding that the JVM chose; its property has another name in each version. */
  private static Charset ofTheLocale() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
        .map(System::getProperty)
        .filter(name -> name != null && Charset.isSupported(name))
        .findFirst()
        .map(Charset::forName)
        .orElseGet(Charset::defaultCharset);
  }
}
