package com.soundcore.kcp.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Measures the coverage of a real run where that of its test is measured. A run halts with its last
 * words, and JaCoCo's agent would lose what it has counted; this second agent lets it save before.
 */
public final class Coverage {
  private static final List<String> LAST_WORDS = List.of("  details  ", "\nINVALID");

  private Coverage() {}

  /** Options of a JVM whose coverage is to be counted with that of this one. */
  static List<String> options() {
    List<String> options = new ArrayList<>();
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.startsWith("-javaagent:") && option.contains("jacoco")) {
        // At the exit it could be halted in the middle of the file.
        options.add(option + (option.contains("=") ? "," : "=") + "dumponexit=false");
        options.add("-javaagent:" + SaverJar.FILE);
      }
    }
    return options;
  }

  /** An agent must come in a file of its own; the class itself is on the class path. */
  private static final class SaverJar {
    private static final Path FILE = write();

    private static Path write() {
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().putValue("Premain-Class", Coverage.class.getName());
      try {
        Path file = Files.createTempFile("coverage-saver", ".jar");
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file);
            JarOutputStream jar = new JarOutputStream(out, manifest)) {
          jar.finish();
        }
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Called by the JVM of the run before its main class. */
  public static void premain(String arguments) {
    System.setOut(new Saving(System.out));
  }

  /** Standard output that saves the coverage with a run's last words. */
  private static final class Saving extends PrintStream {
    Saving(PrintStream out) {
      super(out, true, Charset.defaultCharset());
    }

    @Override
    public void println(String line) {
      super.println(line);
      if (LAST_WORDS.stream().anyMatch(line::startsWith)) {
        save();
      }
    }

    private static void save() {
      try {
        Object agent = Class.forName("org.jacoco.agent.rt.RT").getMethod("getAgent").invoke(null);
        Class.forName("org.jacoco.agent.rt.IAgent")
            .getMethod("dump", boolean.class)
            .invoke(agent, true);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
